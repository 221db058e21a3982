import { LABELS } from '../../../shared/labels.ts'
import type { Calibration } from './calibrate.ts'
import { conformalLimits, conformalSet } from './conformal.ts'
import { checkIds, checkScored, type Scored } from './predictions.ts'

/** What one model said about images that it never saw, with the validation images that calibrated it. */
export interface Fold<P extends Scored> {
  predictions: P
  calibration?: Calibration | undefined
}

/** The images of all folds of a cross-validation as one list. */
export function pool(folds: Fold<Scored>[]): Required<Scored> {
  const parts = folds.map(({ predictions }) => predictions)
  return {
    ids: parts.flatMap(({ ids }) => ids),
    probabilities: parts.flatMap(({ probabilities }) => probabilities),
    groups: parts.some(({ groups }) => groups)
      ? parts.flatMap(({ groups, ids }) => groups ?? ids.map(() => null))
      : undefined,
  }
}

/** Throws a `RangeError` where an image is wrong, is there twice, or set the calibration of the model that it tests. */
export function checkFolds(folds: Fold<Scored>[]): void {
  for (const { predictions, calibration } of folds) {
    checkScored(predictions)
    const evaluated = new Set(predictions.ids)
    const both = calibration?.validation.rows.ids.find((id) => evaluated.has(id))
    if (both !== undefined) throw new RangeError(`${both} set the calibration and cannot be evaluated on it`)
  }
  checkIds(folds.flatMap(({ predictions }) => predictions.ids))
}

/** The calibration of each fold, or null where one has none. */
export function calibrations(folds: Fold<Scored>[]): Calibration[] | null {
  const found = folds.flatMap(({ calibration }) => calibration ?? [])
  return found.length > 0 && found.length === folds.length ? found : null
}

/** The limits of each fold's model, and the conformal set of each image. */
export function conformalSets(folds: Fold<Scored>[], alpha: number): { limits: number[][]; sets: number[][] } | null {
  const limits = calibrations(folds)?.map(({ probabilities, validation }) =>
    conformalLimits(probabilities, validation.rows.truth, LABELS.length, alpha),
  )
  if (!limits) return null
  const sets = folds.flatMap(({ predictions }, f) =>
    predictions.probabilities.map((row) => conformalSet(row, limits[f] as number[])),
  )
  return { limits, sets }
}
