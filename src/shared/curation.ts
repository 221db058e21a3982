import { z } from 'zod'
import { labelSchema, sha256Schema } from './cases.ts'
import { SPLIT_NAMES } from './dataset.ts'

const filesSchema = z.array(z.string()).min(1).max(100_000)

/** What is done with images of a version to make the next one; no image is in two of them. */
export const decisionSchema = z.discriminatedUnion('act', [
  /** These images are left out. */
  z.strictObject({ act: z.literal('drop'), files: filesSchema }),
  /** Copies of one another, of which one is enough. */
  z.strictObject({ act: z.literal('keep-one'), keep: z.string(), drop: filesSchema }),
  /** All of them are on one side from now on. */
  z.strictObject({ act: z.literal('move'), files: filesSchema, to: z.enum(SPLIT_NAMES) }),
  /** They are of one patient, with all other images of the patients among them, so that no split parts them. */
  z.strictObject({ act: z.literal('merge'), files: filesSchema }),
])
export type Decision = z.infer<typeof decisionSchema>
export const decisionsSchema = z.array(decisionSchema).min(1).max(20_000)

/** The images that a decision is about. */
export const filesOf = (one: Decision): string[] => (one.act === 'keep-one' ? [one.keep, ...one.drop] : one.files)

const placeSchema = z.strictObject({
  label: labelSchema,
  split: z.enum(SPLIT_NAMES).nullable(),
  patient: z.string().nullable(),
})

/** An image that two versions do not have alike. */
export const changeSchema = z.strictObject({
  file: z.string(),
  sha256: sha256Schema,
  /** Null where a version has it not. */
  before: placeSchema.nullable(),
  after: placeSchema.nullable(),
})
export type Change = z.infer<typeof changeSchema>

export const CHANGE_KINDS = ['added', 'removed', 'relabelled', 'moved', 'regrouped'] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

/** How many images there are of each kind of change. One that is relabelled and moved counts as both; regrouped is one of another patient than before. */
export const comparisonSchema = z.strictObject({
  same: z.int(),
  added: z.int(),
  removed: z.int(),
  relabelled: z.int(),
  moved: z.int(),
  regrouped: z.int(),
})
export type Comparison = z.infer<typeof comparisonSchema>
