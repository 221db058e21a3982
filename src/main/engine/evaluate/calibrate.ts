import { LABELS } from '../../../shared/labels.ts'
import { softmax } from '../infer/softmax.ts'
import { fitTemperature } from '../train/temperature.ts'
import type { Row } from './labels.ts'
import { checkIds, checkLength, checkTruth, type Predictions } from './predictions.ts'

export type Split = 'train' | 'validation' | 'test'

/** A network's raw output for one part of a split. Element i of each list belongs to image i. */
export interface LogitRows<S extends Split = Split> {
  split: S
  ids: string[]
  /** Class, 0–3 in the order of `LABELS`. */
  truth: number[]
  logits: Row[]
  groups?: (string | null)[] | undefined
}

/**
 * Logits that may set a temperature, a threshold or a conformal limit. Only `from` makes one, and only of rows whose type
 * says validation, so that test images cannot be passed by mistake; `evaluate` also refuses images that are in both.
 */
export class ValidationLogits {
  readonly #rows: LogitRows<'validation'>

  private constructor(rows: LogitRows<'validation'>) {
    this.#rows = rows
  }

  static from(rows: LogitRows<'validation'>): ValidationLogits {
    if (rows.split !== 'validation') throw new RangeError(`Calibration needs validation images, not ${rows.split}`)
    checkLogits(rows)
    return new ValidationLogits(rows)
  }

  get rows(): LogitRows<'validation'> {
    return this.#rows
  }
}

/** A temperature, the images that set it, and what a model with it says about them. */
export interface Calibration {
  temperature: number
  validation: ValidationLogits
  probabilities: Row[]
}

/** Temperature scaling (Guo et al. 2017, “On calibration of modern neural networks”, section 4.2). */
export function calibrate(validation: ValidationLogits): Calibration {
  const { logits, truth } = validation.rows
  const temperature = fitTemperature(logits, truth)
  return { temperature, validation, probabilities: logits.map((row) => softmax(row, temperature)) }
}

/** The probabilities that a model with this temperature serves, and those that it would serve without. */
export function serve(rows: LogitRows, temperature: number): Predictions {
  checkLogits(rows)
  return {
    ids: rows.ids,
    truth: rows.truth,
    probabilities: rows.logits.map((row) => softmax(row, temperature)),
    uncalibrated: rows.logits.map((row) => softmax(row)),
    groups: rows.groups,
  }
}

function checkLogits({ ids, truth, logits }: LogitRows): void {
  if (ids.length === 0) throw new RangeError('No images')
  checkIds(ids)
  checkTruth(ids, truth)
  checkLength('logits', logits, ids)
  const wrong = logits.findIndex((row) => row.length !== LABELS.length || !Array.from(row).every(Number.isFinite))
  if (wrong >= 0) throw new RangeError(`${ids[wrong]}: not ${LABELS.length} finite logits`)
}
