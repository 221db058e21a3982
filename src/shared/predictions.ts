import { z } from 'zod'
import { LABELS } from './labels.ts'

/** What a network said about one image that it was not trained on. */
const predictedImageSchema = z.strictObject({
  /** As in the set: relative to it, with slashes. */
  file: z.string(),
  /** Null for a tumour of unknown type. */
  label: z.enum(LABELS).nullable(),
  /** Images of one group (a patient, or copies of one another) depend on each other; null where unknown. */
  group: z.string().nullable(),
  /**
   * `validation` images chose the epoch and the temperature; `held-out` and `testing` images took part in nothing. Those
   * that the set itself keeps for testing are `testing`: they never set a temperature or threshold, in whatever run.
   */
  part: z.enum(['validation', 'held-out', 'testing']),
  /** Before temperature, in the order of `LABELS`. */
  logits: z.array(z.number()).length(LABELS.length),
})
export type PredictedImage = z.infer<typeof predictedImageSchema>

/** `predictions.json` of a training run: enough to evaluate it again without its weights. */
export const predictionsSchema = z.strictObject({
  run: z.string(),
  /** SHA-256 of the labelled set, as in `DatasetAudit`. */
  dataSha256: z.string(),
  date: z.iso.date(),
  /** Fitted on the validation images; null where there were none. */
  temperature: z.number().positive().nullable(),
  images: z.array(predictedImageSchema),
})
export type RunPredictions = z.infer<typeof predictionsSchema>
