import { z } from 'zod'
import { LABELS } from './labels.ts'

/**
 * Which images set a model's thresholds and conformal limits: those that the trainings of its cross-validation held out, as
 * the networks of those trainings called them; or the validation images of its own training.
 */
export const CALIBRATED_BY = ['cross-validation', 'own-validation'] as const
export type CalibratedBy = (typeof CALIBRATED_BY)[number]

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const classIndex = z
  .int()
  .min(0)
  .max(LABELS.length - 1)
/**
 * `[SHA-256 of the file, truth, group, …logits]`: the truth by its place in `LABELS`; images of one group, a patient or
 * copies of one another, have the same number, null where none is known; logits before temperature, in the order of
 * `LABELS`. Neither names of files nor of patients: a model is given to others.
 */
const rowSchema = z.tuple([sha256, classIndex, z.int().nullable(), z.number(), z.number(), z.number(), z.number()])
export type CalibrationRow = z.infer<typeof rowSchema>

/** `calibration.json` of a model's folder: what may set its limits. Never an image that a set keeps for testing. */
export const calibrationImagesSchema = z.strictObject({
  format: z.literal(1),
  /** SHA-256 of the labelled set that the images are of, as in `DatasetAudit`. */
  dataSha256: sha256,
  /** The trainings whose networks gave the logits. */
  runs: z.array(z.string()).min(1),
  images: z.array(rowSchema).min(1),
})
export type CalibrationImages = z.infer<typeof calibrationImagesSchema>

/** What the file is called in folders that Gyrus makes. */
export const CALIBRATION_FILE = 'calibration.json'

/** One image a line, so that it can be read and compared. */
export function calibrationText({ images, ...rest }: CalibrationImages): string {
  const rows = images.map((row) => JSON.stringify(row)).join(',\n')
  return `${JSON.stringify(rest).slice(0, -1)},"images":[\n${rows}\n]}\n`
}
