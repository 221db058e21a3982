import { z } from 'zod'
import { failureSchema } from './cases.ts'
import { SPLIT_RULES } from './dataset.ts'
import { labelMapSchema } from './frozen-dataset.ts'
import { LABELS, type Label } from './labels.ts'
import { brainMarginSchema, preprocessingSchema } from './model.ts'

/** The recipes, in the order in which they are offered; the first is the default. */
export const RECIPE_NAMES = ['efficientnet-lite0', 'cnn-9', 'cnn-24', 'head'] as const
export type RecipeName = (typeof RECIPE_NAMES)[number]

/** What of a recipe may be changed for a run; what is left out stays as the recipe has it. */
export const recipeChangesSchema = z.strictObject({
  epochs: z.int().min(1).max(1000).optional(),
  batch: z.int().min(1).max(1024).optional(),
  /** Learning rate after the warm-up. */
  rate: z.number().positive().max(1).optional(),
  labelSmoothing: z.number().min(0).max(0.5).optional(),
  dropout: z.number().min(0).max(0.9).optional(),
  /** Side of the input, px. */
  size: z.int().min(32).max(512).optional(),
  /** Scales how far images are varied: 0 not at all, 1 as the recipe has it. */
  augmentation: z.number().min(0).max(2).optional(),
  /** Strength of the L2 penalty of `head`. */
  l2: z.number().positive().max(100).optional(),
  /** Images are cropped to the brain with this margin; left out, they are not. */
  brainMargin: brainMarginSchema.optional(),
})
export type RecipeChanges = z.infer<typeof recipeChangesSchema>

/** Share of the images for validation; where it is left out, as the recipe has it. */
const validation = z.number().min(0).max(0.9).optional()
/**
 * Who is kept apart. By rule: training and validation are drawn anew from what the set does not keep for testing. By
 * recipe: by the recipe's own rule; where that is `patient` and no patient is known, by near-duplicate group. By fold:
 * the set's own fold is held out, validation comes from the others; images without a patient go into folds by
 * near-duplicate group, whatever the table says.
 */
export const trainingSplitSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.enum(SPLIT_RULES), validation }),
  z.strictObject({ by: z.literal('recipe'), validation }),
  z.strictObject({ by: z.literal('fold'), fold: z.int().min(0).max(999), validation }),
])

/** A training run as it is asked for; kept with the run. */
export const trainingRequestSchema = z.strictObject({
  /** A folder tree, a table, or a frozen set. */
  set: z.string().min(1),
  patients: z.string().optional(),
  /** What folders or classes of other names are. */
  map: labelMapSchema.default({}),
  /** Tables `file,group[,cx,cy,w,h]` of tumours of unknown type. */
  tumours: z.array(z.string()),
  recipe: z.enum(RECIPE_NAMES),
  changes: recipeChangesSchema,
  split: trainingSplitSchema,
  seed: z.int().min(0).max(999_999_999),
  /** In a department: only a workstation that trains on a GPU takes it. */
  onGpu: z.boolean().optional(),
})
export type TrainingRequest = z.infer<typeof trainingRequestSchema>

const share = z.number().min(0).max(1)
const figuresSchema = z.strictObject({
  loss: z.number(),
  accuracy: share,
  macroRecall: share,
  /** In the order of `LABELS`; null for a class without images. */
  recall: z.array(share.nullable()),
})
export type EpochPart = z.infer<typeof figuresSchema>

/** What one epoch gave. */
export const epochSchema = z.strictObject({
  /** From 1. */
  epoch: z.int().min(1),
  /** Of the varied images, as the network learned from them; images of unknown type count for the loss only. */
  training: figuresSchema,
  /** Null where nothing is kept for validation. */
  validation: figuresSchema.nullable(),
  seconds: z.number(),
  /** Resident memory of the engine process at its end, MB. */
  memoryMegabytes: z.number(),
})
export type Epoch = z.infer<typeof epochSchema>

/** What a run has to tell beside its figures; those who train should see it when it is found. */
export const trainingNoticeSchema = z.discriminatedUnion('kind', [
  /** What trains. `gpuUnused`: the engine could use a GPU, and does not. */
  z.strictObject({
    kind: z.literal('device'),
    engine: z.string(),
    device: z.enum(['cpu', 'gpu']),
    gpuUnused: z.boolean(),
  }),
  /** No patient is known, so that near-duplicate groups are what is kept apart. */
  z.strictObject({ kind: z.literal('split-by-group') }),
  z.strictObject({ kind: z.literal('split-at-random') }),
  z.strictObject({ kind: z.literal('patients-in-two-classes'), patients: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('unreadable'), files: z.array(z.string()) }),
  /** They were to be cropped to the brain, none was found, and they are used whole. */
  z.strictObject({ kind: z.literal('no-brain'), files: z.array(z.string()) }),
])
export type TrainingNotice = z.infer<typeof trainingNoticeSchema>

/** How a finished run ended. */
export const RUN_ENDS = ['completed', 'stopped-early', 'diverged'] as const

/** `run.json`: what a run did. */
export const runSummarySchema = z.strictObject({
  id: z.string(),
  /** As it was carried out: what the split left to the recipe is filled in. */
  request: trainingRequestSchema,
  /** The recipe as it was then, with the request's changes; null for runs of earlier versions, which did not keep it. */
  carriedOut: z
    .strictObject({
      preprocessing: preprocessingSchema,
      /** All that the learning goes by, e.g. `batch`, `schedule`, `augmentation`, by their names in the recipe. */
      settings: z.record(z.string(), z.unknown()),
    })
    .nullable()
    .default(null),
  /** Runs of earlier versions did not keep what they told. */
  notices: z.array(trainingNoticeSchema).default([]),
  /** SHA-256 of the labelled set, as in the audit, and of each table of tumours with its images. */
  dataSha256: z.string(),
  /** The same over the labelled images that trained it or chose the epoch. */
  trainingSha256: z.string(),
  tumoursSha256: z.array(z.string()),
  /** Images of each part, tumours of unknown type included. */
  images: z.record(z.enum(['training', 'validation', 'held-out', 'testing']), z.int()),
  /** Labelled images that trained it, a class. */
  trainedOn: z.record(z.enum(LABELS), z.int()),
  unreadable: z.array(z.string()),
  /** What trained it, e.g. `tensorflow 2.21.0, tfjs-node 4.22.0, cpu`. */
  engine: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  end: z.enum(RUN_ENDS),
  epochs: z.array(epochSchema),
  /** Whose weights were kept, from 1; the last one where there is no validation; null for `head`. */
  bestEpoch: z.int().nullable(),
  /** Of the finished network, as it is served; null where nothing is kept for validation. */
  validation: figuresSchema.nullable(),
  temperature: z.number().positive().nullable(),
  weightsSha256: z.string(),
  /** Largest difference of a probability between training framework and exported network on the golden images. */
  parity: z.number(),
})
export type RunSummary = z.infer<typeof runSummarySchema>

/** What a list of runs says of one; what grows with its epochs and images is told of a single run only. */
export const runOutcomeSchema = runSummarySchema.omit({
  carriedOut: true,
  notices: true,
  unreadable: true,
  epochs: true,
})
export type RunOutcome = z.infer<typeof runOutcomeSchema>

export const TRAINING_STAGES = [
  'reading',
  'copying',
  'comparing',
  'preparing',
  'training',
  'validating',
  'predicting',
] as const

/** Where a run stands. `interrupted`: Gyrus ended while it was queued or ran; it can be resumed, as `failed` and `cancelled` can. */
export const RUN_STATES = ['queued', 'running', 'interrupted', 'finished', 'failed', 'cancelled'] as const
export type RunState = (typeof RUN_STATES)[number]

/** A run on record. */
export const runRecordSchema = z.strictObject({
  id: z.string(),
  state: z.enum(RUN_STATES),
  /** Null where another version of Gyrus wrote what this one cannot read. */
  request: trainingRequestSchema.nullable(),
  /** Of a finished run; null also where this version cannot read it. */
  summary: runSummarySchema.nullable(),
  /** Of a failed run, or `training-run-unreadable`. */
  failure: failureSchema.nullable(),
  createdAt: z.string(),
  createdBy: z.string(),
  /** Of its last change of state. */
  changedAt: z.string(),
  /** Which workstation of a department trains it, or did last; '' where there is one. */
  station: z.string(),
})
export type RunRecord = z.infer<typeof runRecordSchema>

export const trainingProgressSchema = z.strictObject({
  stage: z.enum(TRAINING_STAGES),
  /** Images done in this stage, of `total`. */
  done: z.int(),
  total: z.int(),
  /** Null before the first epoch. */
  epoch: z.int().nullable(),
  epochs: z.int().nullable(),
  /** Of the epoch that has just ended, or had when a run that goes on was broken off; null in between. */
  ended: epochSchema.nullable(),
  secondsLeft: z.number().nullable(),
  /** Found just now; such a message tells nothing else. */
  notice: trainingNoticeSchema.optional(),
})
/** How far a run is. */
export type TrainingProgress = z.infer<typeof trainingProgressSchema>

/** How a run that is queued or under way is coming along. */
export const liveRunSchema = z.strictObject({
  progress: trainingProgressSchema.nullable(),
  /** That have ended since its workstation began it. */
  epochs: z.array(epochSchema),
  notices: z.array(trainingNoticeSchema),
})
export type LiveRun = z.infer<typeof liveRunSchema>

/** A recipe as it is offered. */
export const recipeSchema = z.strictObject({
  name: z.enum(RECIPE_NAMES),
  title: z.string(),
  explains: z.string(),
  needsNativeEngine: z.boolean(),
  /** Its own rule and share for validation. */
  split: z.strictObject({ by: z.enum(SPLIT_RULES), validation: z.number() }),
  defaults: recipeChangesSchema,
})
export type RecipeInfo = z.infer<typeof recipeSchema>

/** Asks for a sheet that shows how a recipe varies the images of a set. */
export const previewRequestSchema = trainingRequestSchema.pick({
  set: true,
  map: true,
  recipe: true,
  changes: true,
  seed: true,
})
export type PreviewRequest = z.infer<typeof previewRequestSchema>

export interface PreviewSheet {
  /** In each row an image as the network gets it, and variants of it. */
  png: Uint8Array
  rows: { file: string; label: Label }[]
}
