import type { CalibrationRow } from '../../../shared/calibration-images.ts'
import { whole } from '../../../shared/figure-format.ts'
import { type Calibration, ValidationLogits } from '../evaluate/calibrate.ts'
import { softmax } from '../infer/softmax.ts'
import type { Model } from '../types.ts'

/** What sets the thresholds and conformal limits of a column. */
export interface Limits {
  /** Undefined where nothing can. */
  calibration: Calibration | undefined
  /** In words: which images, or why none. */
  limitsBy: string
}

/** One measured image. */
export interface MeasuredFile {
  sha256: string
  /** Images of one unit share a patient or are near-copies, in the set that is measured; null where that is not known. */
  unit: string | null
}

/**
 * The limits that a model's calibration images give a column, with the temperature that it serves with. An image that is
 * measured in the column sets nothing there: whichever has the same bytes is left out.
 *
 * @param units those of the set's images that are among the calibration images
 */
export function limitsFor(
  { manifest, calibration }: Pick<Model, 'manifest' | 'calibration'>,
  measured: MeasuredFile[],
  units: ReadonlySet<string>,
): Limits {
  if (!calibration || !manifest.calibration)
    return { calibration: undefined, limitsBy: 'none: no validation images came with the model' }
  const here = new Set(measured.map(({ sha256 }) => sha256))
  const rows = calibration.images.filter(([sha256]) => !here.has(sha256))
  const all = calibration.images.length
  if (rows.length === 0)
    return { calibration: undefined, limitsBy: `none: all ${whole(all)} images that could set them are measured here` }
  const which =
    manifest.calibration.by === 'cross-validation'
      ? `${whole(rows.length)} images that the ${calibration.runs.length} trainings of its cross-validation held out, as their networks called them, with the temperature of this model`
      : `${whole(rows.length)} validation images of its own training, which chose its epoch and temperature as well`
  const leftOut = all > rows.length ? `; ${whole(all - rows.length)} more are measured here and were left out` : ''
  const related = measured.filter(({ unit }) => unit !== null && units.has(unit)).length
  const alike =
    related > 0
      ? `; ${whole(related)} of the ${whole(measured.length)} images here share a patient with them or are near-copies`
      : ''
  return { calibration: calibrationOf(rows, manifest.temperature), limitsBy: `${which}${leftOut}${alike}` }
}

function calibrationOf(rows: CalibrationRow[], temperature: number): Calibration {
  const logits = rows.map(([, , , ...logits]) => logits)
  const validation = ValidationLogits.from({
    split: 'validation',
    // A set can hold the same bytes twice; each set the temperature, and each counts.
    ids: rows.map(([sha256], i) => `${sha256} ${i}`),
    truth: rows.map(([, truth]) => truth),
    logits,
    groups: rows.map(([, , group]) => (group === null ? null : `${group}`)),
  })
  return { temperature, validation, probabilities: logits.map((row) => softmax(row, temperature)) }
}
