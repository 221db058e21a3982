import { z } from 'zod'
import {
  confidencesSchema,
  failureSchema,
  instantSchema,
  labelSchema,
  sha256Schema,
  VERDICTS,
  verdictLabelSchema,
} from './cases.ts'

/** Probabilities that are no further apart than this are the same: engines round differently. */
export const SAME_WITHIN = 1e-4

const differenceSchema = z.discriminatedUnion('what', [
  /** The model that gave the answer is not here any more, or cannot be loaded. */
  z.strictObject({ what: z.literal('model'), failure: failureSchema }),
  /** Another model has its id now. */
  z.strictObject({ what: z.literal('weights'), before: sha256Schema, now: sha256Schema }),
  z.strictObject({ what: z.literal('preprocessing'), before: z.string(), now: z.string() }),
  z.strictObject({ what: z.literal('engine'), before: z.string(), now: z.string() }),
  /** The greatest difference of a probability. */
  z.strictObject({ what: z.literal('confidences'), by: z.number() }),
])
export type Difference = z.infer<typeof differenceSchema>

/** What came of running a stored scan through the model of its standing result again. */
export const rerunSchema = z.strictObject({
  modelId: z.string(),
  /** The same probabilities within `SAME_WITHIN`; what else differs is told all the same. */
  same: z.boolean(),
  differences: z.array(differenceSchema),
  before: confidencesSchema,
  /** Null where it could not be run. */
  now: confidencesSchema.nullable(),
})
export type Rerun = z.infer<typeof rerunSchema>

/** One thing that happened to a case. */
export const timelineEntrySchema = z.strictObject({
  /** Of the audit trail. */
  sequence: z.int(),
  at: instantSchema,
  actor: z.string(),
  act: z.string(),
  /** How often in a row; `at` is the first time. */
  times: z.int(),
  result: z
    .strictObject({
      id: z.int(),
      modelId: z.string(),
      /** Null where the model does not judge the image; so its probability. */
      label: labelSchema.nullable(),
      confidence: z.number().nullable(),
      superseded: z.boolean(),
    })
    .nullable(),
  verdict: z
    .strictObject({
      verdict: z.enum(VERDICTS),
      label: verdictLabelSchema.nullable(),
      comment: z.string(),
      superseded: z.boolean(),
      /** Given on a result that does not stand any more. */
      onEarlierResult: z.boolean(),
    })
    .nullable(),
  /** Of a failed analysis. */
  failure: failureSchema.nullable(),
  /** Of a run that was repeated exactly. */
  rerun: z.strictObject({ same: z.boolean(), differs: z.array(z.string()) }).nullable(),
  /** Slices that became, or joined, a series; or those of the series that was answered, with how many counted. */
  series: z.strictObject({ slices: z.int(), counted: z.int().nullable() }).nullable(),
  /** Where the result was sent, or was to be sent: the PACS by its name. */
  pacs: z.string().nullable(),
})
export type TimelineEntry = z.infer<typeof timelineEntrySchema>
