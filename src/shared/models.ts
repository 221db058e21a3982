import { z } from 'zod'
import { failureSchema, labelSchema, sha256Schema as sha256 } from './cases.ts'
import { gateResultSchema, setFiguresSchema } from './gate.ts'
import { cardSchema, manifestSchema, modelIdSchema } from './model.ts'

const instant = z.iso.datetime()

/** Where a model comes from: with Gyrus, or trained or imported here. */
export const MODEL_ORIGINS = ['shipped', 'registered'] as const
export type ModelOrigin = (typeof MODEL_ORIGINS)[number]

/** SHA-256 of a model's files when it was activated; null for what may change with a new Gyrus. */
export interface KnownFiles {
  weights: string
  manifest: string | null
  card: string | null
}

/** Why the active model is what it is. Never changed; a later one supersedes it. */
export const activationSchema = z.strictObject({
  id: z.int(),
  kind: z.enum(['activation', 'rollback']),
  modelId: modelIdSchema,
  weightsSha256: sha256,
  by: z.string(),
  at: instant,
  reason: z.string(),
  gate: gateResultSchema,
  /** The activation that it superseded; null for the first. */
  supersedes: z.int().nullable(),
  /** The activation that a rollback put in force again; null for the shipped model before all activations. */
  restores: z.int().nullable(),
})
export type Activation = z.infer<typeof activationSchema>

/** One line of the list of models. */
export const modelRowSchema = z.strictObject({
  /** The folder's name; also the model's where that could be read. */
  id: z.string(),
  origin: z.enum(MODEL_ORIGINS),
  /** Answers new requests. */
  active: z.boolean(),
  /** Null where the folder cannot be used, see `failure`. */
  card: cardSchema.nullable(),
  failure: failureSchema.nullable(),
  /** Size of the weights; null where they are not there. */
  weightsBytes: z.int().nullable(),
})
export type ModelRow = z.infer<typeof modelRowSchema>

export const modelDetailSchema = modelRowSchema.extend({
  manifest: manifestSchema.nullable(),
  /** Newest first. */
  activations: z.array(activationSchema),
})
export type ModelDetail = z.infer<typeof modelDetailSchema>

/** What came of asking for another model: in force, or refused with the gate's findings. */
export const activationOutcomeSchema = z.strictObject({
  activation: activationSchema.nullable(),
  gate: gateResultSchema,
})
export type ActivationOutcome = z.infer<typeof activationOutcomeSchema>

/** Two models on the same labelled set. */
export const setComparisonSchema = z.strictObject({
  sha256,
  unreadable: z.array(z.strictObject({ file: z.string(), failure: failureSchema })),
  first: setFiguresSchema,
  second: setFiguresSchema,
  /** Images to which the second gives another label: made right, made wrong, or from one wrong label to another. */
  changed: z.strictObject({ n: z.int(), corrected: z.int(), spoilt: z.int(), stillWrong: z.int() }),
  images: z.array(z.strictObject({ file: z.string(), truth: labelSchema, first: labelSchema, second: labelSchema })),
})
export type SetComparison = z.infer<typeof setComparisonSchema>

export interface ModelComparison {
  first: ModelDetail
  second: ModelDetail
  /** Null where no labelled set was given. */
  set: SetComparison | null
}
