import { LABELS } from '../../../shared/labels.ts'
import { areaUnderRoc, averagePrecision } from './areas.ts'
import { confusionMatrix, type Rates, rates } from './confusion.ts'
import { calledClass, labelAt, type Row } from './labels.ts'
import { type Ranking, rank, type Sweep, sweep } from './ranking.ts'
import { mean, type Share } from './share.ts'

/** Images with their true and called class, and their order by the probability of each class. */
export interface ClassImages {
  truth: number[]
  called: number[]
  rankings: Ranking[]
  /** Per class: is the image of it? */
  isClass: boolean[][]
}

export function classImages(truth: number[], rows: Row[]): ClassImages {
  return {
    truth,
    called: rows.map(calledClass),
    rankings: LABELS.map((_, c) => rank(rows.map((row) => row[c] as number))),
    isClass: LABELS.map((_, c) => truth.map((label) => label === c)),
  }
}

/** One against the rest, for each class. */
export const classSweeps = ({ rankings, isClass }: ClassImages, weights?: Float64Array): Sweep[] =>
  rankings.map((ranking, c) => sweep(ranking, isClass[c] as boolean[], weights))

/** Everything about classes that gets a bootstrap interval, by name. */
export function classFigures(images: ClassImages, weights: Float64Array): Record<string, Share> {
  const counts = confusionMatrix(images.truth, images.called, LABELS.length, weights)
  const { recall, precision, specificity, f1, ...overall } = rates(counts)
  const sweeps = classSweeps(images, weights)
  return {
    ...overall,
    ...perClass({ recall, precision, specificity, f1 }),
    'auroc.macro': mean(sweeps.map(areaUnderRoc)),
    'auprc.macro': mean(sweeps.map(averagePrecision)),
  }
}

/** `recall.glioma` and so on. */
function perClass(lists: Pick<Rates, 'recall' | 'precision' | 'specificity' | 'f1'>): Record<string, Share> {
  const entries = Object.entries(lists).flatMap(([name, values]) =>
    values.map((value, c) => [`${name}.${labelAt(c)}`, value] as const),
  )
  return Object.fromEntries(entries)
}
