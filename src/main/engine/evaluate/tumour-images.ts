import { clusters } from './clusters.ts'
import { type Counted, counted } from './counts.ts'
import { conformalSets, type Fold, pool } from './folds.ts'
import { calledClass, NO_TUMOUR, tumourProbability } from './labels.ts'
import type { EvaluateOptions } from './options.ts'
import { checkLength, type TumourPredictions } from './predictions.ts'
import { type Ranking, rank } from './ranking.ts'
import { type ValidationThreshold, validationThresholds } from './tumour-thresholds.ts'

/** What is known of the images before anything is measured. */
export interface TumourImages {
  all: ReturnType<typeof pool>
  tumour: boolean[]
  /** Called “no tumour”. */
  calledNone: boolean[]
  /** What the bootstrap draws. */
  drawn: number[][]
  sets: number[][] | null
  /** By falling probability of a tumour. */
  ranking: Ranking
  thresholds: ValidationThreshold[] | null
  /** By the name under which their intervals stand. */
  counts: Map<string, Counted>
}

export function tumourImages(folds: Fold<TumourPredictions>[], options: EvaluateOptions): TumourImages {
  const all = pool(folds)
  const tumour = folds.flatMap(({ predictions }) => predictions.tumour)
  checkLength('tumour', tumour, all.ids)
  const calledNone = all.probabilities.map((row) => calledClass(row) === NO_TUMOUR)
  const images = {
    all,
    tumour,
    calledNone,
    drawn: clusters(all.ids.length, all.groups),
    sets: conformalSets(folds, options.alpha)?.sets ?? null,
    ranking: rank(all.probabilities.map(tumourProbability)),
    thresholds: validationThresholds(folds, options.specificities),
  }
  return { ...images, counts: countAll(images) }
}

function countAll(images: Omit<TumourImages, 'counts'>): Map<string, Counted> {
  const { all, tumour, calledNone, drawn, sets, thresholds } = images
  const none = not(tumour)
  const count = (flags: boolean[], among: boolean[]) => counted(flags, among, all.groups ? drawn : null)
  const counts = new Map([
    ['tumourCalledNone', count(calledNone, tumour)],
    ['noneCalledTumour', count(not(calledNone), none)],
  ])
  const onlyNone = sets?.map((set) => set.length === 1 && set[0] === NO_TUMOUR)
  if (onlyNone) counts.set('tumourSetOnlyNone', count(onlyNone, tumour))
  for (const { wanted, called } of thresholds ?? []) {
    counts.set(`atValidationThreshold.${wanted}.sensitivity`, count(called, tumour))
    counts.set(`atValidationThreshold.${wanted}.specificity`, count(not(called), none))
  }
  return counts
}

const not = (flags: boolean[]): boolean[] => flags.map((flag) => !flag)
