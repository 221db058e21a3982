import { z } from 'zod'
import { labelSchema } from './cases.ts'
import { datasetNameSchema } from './frozen-dataset.ts'
import { machineSchema } from './machine.ts'
import { modelIdSchema } from './model.ts'
import { liveRunSchema, recipeSchema, runOutcomeSchema, runRecordSchema, trainingRequestSchema } from './training.ts'

export const runIdSchema = z.strictObject({ id: z.string().min(1).max(100) })

/** A version of a frozen set, as pages name it: never by a path. */
export const setRefSchema = z.strictObject({ name: datasetNameSchema, version: z.int().min(1) })
export type SetRef = z.infer<typeof setRefSchema>

/** A training run as a page asks for it. */
export const setTrainingSchema = trainingRequestSchema
  .pick({ recipe: true, changes: true, split: true, seed: true, onGpu: true })
  .extend({ dataset: setRefSchema })
export type SetTraining = z.infer<typeof setTrainingSchema>

/** A run with all that it told; `set` is null where it was not trained on a frozen set. */
export const runDetailSchema = runRecordSchema.extend({ set: setRefSchema.nullable() })
export type RunDetail = z.infer<typeof runDetailSchema>

/** A run as it is listed. */
export const runRowSchema = runDetailSchema.extend({ summary: runOutcomeSchema.nullable() })
export type RunRow = z.infer<typeof runRowSchema>

/** The part of the contract that is about training. */
export const trainingContract = {
  /** What can be trained. */
  'training.recipes': {
    may: 'read',
    input: z.strictObject({}),
    output: z.strictObject({ recipes: z.array(recipeSchema) }),
  },
  /**
   * Puts a training into the queue; events of type `run` tell how it comes along. It names files by their paths: only
   * shells whose user chose them by a native dialog or drop offer it.
   */
  'training.start': { may: 'administer', input: trainingRequestSchema, output: z.strictObject({ id: z.string() }) },
  /** The same on a version of a frozen set, which a page may name. */
  'training.startOnSet': { may: 'administer', input: setTrainingSchema, output: z.strictObject({ id: z.string() }) },
  /** All runs, newest first, without their epochs. */
  'training.list': {
    may: 'read',
    input: z.strictObject({}),
    output: z.strictObject({ runs: z.array(runRowSchema) }),
  },
  'training.get': {
    may: 'read',
    input: runIdSchema,
    output: z.strictObject({
      run: runDetailSchema,
      /** While it is queued or under way. */
      live: liveRunSchema.nullable(),
      /** Whether this workstation trains it, or is asked to. */
      here: z.boolean(),
    }),
  },
  /** Ends a run after its step; its last epoch is kept. */
  'training.cancel': { may: 'administer', input: runIdSchema, output: z.strictObject({}) },
  /** Goes on with a run that was cancelled, interrupted or failed. */
  'training.resume': { may: 'administer', input: runIdSchema, output: z.strictObject({}) },
  /** How long it would take by the newest run of the recipe that is on record; null where there is none. */
  'training.estimate': {
    may: 'administer',
    input: setTrainingSchema,
    output: z.strictObject({
      estimate: z.strictObject({ seconds: z.number(), run: z.string(), at: z.string() }).nullable(),
    }),
  },
  /** The same by a few images and steps that are tried now, which takes seconds; ends another trial that is under way. */
  'training.probe': {
    may: 'administer',
    input: setTrainingSchema,
    output: z.strictObject({ seconds: z.number(), images: z.int() }),
  },
  /** A sheet, as a PNG, of how the recipe would vary images of the set; ends another trial that is under way. */
  'training.preview': {
    may: 'administer',
    input: setTrainingSchema,
    output: z.strictObject({
      png: z.base64(),
      rows: z.array(z.strictObject({ file: z.string(), label: labelSchema })),
    }),
  },
  'training.cancelTryOut': { may: 'administer', input: z.strictObject({}), output: z.strictObject({}) },
  /** Makes a model of a finished run and takes it into the registry, which can take minutes; it is not in force by that. */
  'training.register': {
    may: 'administer',
    input: runIdSchema.extend({ model: modelIdSchema, version: z.string().trim().min(1).max(40) }),
    output: z.strictObject({ model: z.string() }),
  },
  /** What this machine has, and how busy it is. */
  'machine.status': { may: 'read', input: z.strictObject({}), output: machineSchema },
} as const
