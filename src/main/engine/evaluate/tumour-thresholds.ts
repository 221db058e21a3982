import { calibrations, type Fold } from './folds.ts'
import { NO_TUMOUR, tumourProbability } from './labels.ts'
import { atSpecificity } from './operating.ts'
import type { TumourPredictions } from './predictions.ts'
import { rank, sweep } from './ranking.ts'

export interface ValidationThreshold {
  /** The specificity that was asked for. */
  wanted: number
  /** One a fold; null: nothing is called a tumour. */
  thresholds: (number | null)[]
  /** Per image: called a tumour. */
  called: boolean[]
}

/**
 * Which images are called tumours at the thresholds that give the wanted specificities on each fold's validation images.
 * Null where a fold has no validation images of both kinds.
 */
export function validationThresholds(
  folds: Fold<TumourPredictions>[],
  specificities: number[],
): ValidationThreshold[] | null {
  const sweeps = calibrations(folds)?.map(({ probabilities, validation }) =>
    sweep(
      rank(probabilities.map(tumourProbability)),
      validation.rows.truth.map((label) => label !== NO_TUMOUR),
    ),
  )
  if (!sweeps?.every(({ positives, negatives }) => positives > 0 && negatives > 0)) return null
  return specificities.map((wanted) => {
    const thresholds = sweeps.map((swept) => atSpecificity(swept, wanted)?.threshold ?? null)
    const called = folds.flatMap(({ predictions }, f) => {
      const threshold = thresholds[f] ?? Number.POSITIVE_INFINITY
      return predictions.probabilities.map((row) => tumourProbability(row) >= threshold)
    })
    return { wanted, thresholds, called }
  })
}
