import type { Evaluation } from '../../../shared/evaluation.ts'
import { LABELS } from '../../../shared/labels.ts'
import { calibrations, conformalSets, type Fold } from './folds.ts'
import { byLabel } from './labels.ts'
import type { Predictions } from './predictions.ts'
import { share } from './share.ts'

/** How often the conformal sets hold the true class, and how large they are. Null without validation images. */
export function conformalSummary(folds: Fold<Predictions>[], alpha: number): Evaluation['conformal'] {
  const found = conformalSets(folds, alpha)
  if (!found) return null
  const { sets, limits } = found
  const truth = folds.flatMap(({ predictions }) => predictions.truth)
  const held = sets.map((set, i) => set.includes(truth[i] as number))
  const coverage = (counts: boolean[]) => share(both(held, counts), counts.filter(Boolean).length)
  return {
    alpha,
    coverage: coverage(truth.map(() => true)),
    coveragePerClass: byLabel((c) => coverage(truth.map((label) => label === c))),
    meanSize: sets.reduce((total, set) => total + set.length, 0) / sets.length,
    sizes: Array.from({ length: LABELS.length + 1 }, (_, size) => sets.filter((set) => set.length === size).length),
    limits: limits.map((perClass) => byLabel((c) => perClass[c] as number)),
    calibrationImages: (calibrations(folds) ?? []).map(({ validation }) => validation.rows.ids.length),
  }
}

const both = (first: boolean[], second: boolean[]): number => first.filter((flag, i) => flag && second[i]).length
