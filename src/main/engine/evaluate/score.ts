import { LABELS } from '../../../shared/labels.ts'
import type { Chance, Score } from '../../../shared/shortcuts.ts'
import { BOOTSTRAP, type BootstrapOptions, bootstrap } from './bootstrap.ts'
import { clusters } from './clusters.ts'
import { confusionMatrix, rates } from './confusion.ts'
import { byLabel, NO_TUMOUR } from './labels.ts'
import { type Share, share } from './share.ts'

/** The main figures alone, of calls of any origin: `truth` and `called` are classes, 0–3 in the order of `LABELS`. */
export function scoreOf(
  truth: number[],
  called: number[],
  groups: (string | null)[] | undefined,
  options: BootstrapOptions = BOOTSTRAP,
): Score {
  const figures = (weights?: Float64Array) => {
    const counts = confusionMatrix(truth, called, LABELS.length, weights)
    const { accuracy, macroRecall, recall } = rates(counts)
    return { accuracy, macroRecall, recall, tumourCalledNone: tumoursCalledNone(counts) }
  }
  const { recall, ...main } = figures()
  const intervals = bootstrap(
    clusters(truth.length, groups),
    (weights) => {
      const { recall: _, ...resampled } = figures(weights)
      return resampled
    },
    options,
  )
  const interval = (name: keyof typeof main) => intervals[name] ?? null
  return {
    n: truth.length,
    ...main,
    recall: byLabel((c) => recall[c] ?? null),
    intervals: {
      accuracy: interval('accuracy'),
      macroRecall: interval('macroRecall'),
      tumourCalledNone: interval('tumourCalledNone'),
    },
  }
}

function tumoursCalledNone(counts: number[][]): Share {
  const tumours = counts.filter((_, c) => c !== NO_TUMOUR)
  const missed = tumours.reduce((total, row) => total + (row[NO_TUMOUR] as number), 0)
  return share(
    missed,
    tumours.flat().reduce((total, count) => total + count, 0),
  )
}

/** What is right without looking at an image. */
export function chanceOf(truth: number[]): Chance {
  const counts = LABELS.map((_, c) => truth.filter((label) => label === c).length)
  return { accuracy: Math.max(...counts) / truth.length, macroRecall: 1 / counts.filter((count) => count > 0).length }
}
