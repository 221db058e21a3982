import { z } from 'zod'
import { evaluationSchema } from './evaluation.ts'
import { sourceSchema } from './evaluation-report.ts'
import { calledLabel, LABELS, type Label } from './labels.ts'
import { modelIdSchema } from './model.ts'
import { modelShortcutsSchema } from './shortcuts.ts'
import { tumourEvaluationSchema } from './tumour-evaluation.ts'

/**
 * How the images of a column relate to what the model learned from: the set's own test side; that side without near-copies
 * of training images; images of patients and groups that the training never saw; anything else.
 */
export const COLUMN_KINDS = ['as-is', 'without-copies', 'patients-apart', 'other'] as const
export type ColumnKind = (typeof COLUMN_KINDS)[number]

const SCALE = 10_000
const classIndex = z
  .int()
  .min(0)
  .max(LABELS.length - 1)
const scaled = z.int().min(0).max(SCALE)
/**
 * `[file, truth, called, …probabilities]`: classes by their places in `LABELS`, the truth null for a tumour of unknown type;
 * probabilities in that order, in ten-thousandths.
 */
const readRowSchema = z.tuple([z.string(), classIndex.nullable(), classIndex, scaled, scaled, scaled, scaled])
export type ReadRow = z.infer<typeof readRowSchema>

/** What a model said about an image whose truth is known. */
export interface ReadImage {
  /** As in the set: relative to it, with slashes. A name only. */
  file: string
  truth: Label | null
  called: Label
  probabilities: Record<Label, number>
}

/** `called` is kept as it was: rounded probabilities could fall on the other side of a half. */
export function toReadRow(file: string, truth: number | null, probabilities: ArrayLike<number>): ReadRow {
  const at = (c: number) => probabilities[c] as number
  const called = calledLabel(Object.fromEntries(LABELS.map((label, c) => [label, at(c)])) as Record<Label, number>)
  const [a, b, c, d] = LABELS.map((_, i) => Math.round(SCALE * at(i))) as [number, number, number, number]
  return [file, truth, LABELS.indexOf(called), a, b, c, d]
}

export function toReadImage([file, truth, called, ...scaled]: ReadRow): ReadImage {
  return {
    file,
    truth: truth === null ? null : (LABELS[truth] as Label),
    called: LABELS[called] as Label,
    probabilities: Object.fromEntries(LABELS.map((label, i) => [label, (scaled[i] as number) / SCALE])) as Record<
      Label,
      number
    >,
  }
}

/** Figures and curves alone; which images they are of, the rows say. */
const tumourFigures = tumourEvaluationSchema.extend({
  tumourCalledNone: tumourEvaluationSchema.shape.tumourCalledNone.omit({ images: true }),
})
const figures = evaluationSchema
  .omit({ worstErrors: true })
  .extend(tumourFigures.pick({ tumourCalledNone: true }).shape)
export type Figures = z.infer<typeof figures>
export type TumourFigures = z.infer<typeof tumourFigures>

const shownColumnSchema = sourceSchema.extend({ kind: z.enum(COLUMN_KINDS), evaluation: figures })
export type ShownColumn = z.infer<typeof shownColumnSchema>
const shownTumourColumnSchema = sourceSchema.extend({ evaluation: tumourFigures })
export type ShownTumourColumn = z.infer<typeof shownTumourColumnSchema>

const about = {
  model: modelIdSchema,
  /** Of the model; columns of a cross-validation are of other weights. */
  weightsSha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Null where it is not known to the minute; the columns have their days. */
  at: z.iso.datetime().nullable(),
  /** Who asked for it; null where it comes with Gyrus. */
  by: z.string().nullable(),
  /** `NAME@VERSION` of the frozen set; null where it was measured on something else. */
  set: z.string().nullable(),
  shortcuts: modelShortcutsSchema.nullable(),
  notes: z.array(z.string()),
}

/** An evaluation as a page gets it. */
export const shownEvaluationSchema = z.strictObject({
  ...about,
  columns: z.array(shownColumnSchema).min(1),
  tumourColumns: z.array(shownTumourColumnSchema),
})
export type ShownEvaluation = z.infer<typeof shownEvaluationSchema>

/** An evaluation that is kept: also what was said of each image. */
export const keptEvaluationSchema = z.strictObject({
  format: z.literal(1),
  ...about,
  columns: z.array(shownColumnSchema.extend({ images: z.array(readRowSchema) })).min(1),
  /** `images`: those called “no tumour” only. */
  tumourColumns: z.array(shownTumourColumnSchema.extend({ images: z.array(readRowSchema) })),
})
export type KeptEvaluation = z.infer<typeof keptEvaluationSchema>

/** Where an evaluation comes from: with Gyrus, with the training run that the model was made of, or measured on a frozen set. */
export const EVALUATION_ORIGINS = ['shipped', 'training', 'set'] as const

/** One of the evaluations that there are of a model. */
export const evaluationEntrySchema = z.strictObject({
  /** `shipped`, `training`, or the name of the frozen set. */
  key: z.string(),
  origin: z.enum(EVALUATION_ORIGINS),
  at: z.iso.datetime().nullable(),
  by: z.string().nullable(),
})
export type EvaluationEntry = z.infer<typeof evaluationEntrySchema>

const label = z.enum(LABELS)
/** Which images of a column: those of a cell of the confusion matrix; tumours called “no tumour”; all errors; some at random. */
export const readQuerySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cell'), truth: label, called: label }),
  z.strictObject({ kind: z.literal('missed') }),
  z.strictObject({ kind: z.literal('errors') }),
  z.strictObject({ kind: z.literal('random'), n: z.int().min(1).max(24), seed: z.int() }),
])
export type ReadQuery = z.infer<typeof readQuerySchema>

export const readImageSchema = z.strictObject({
  file: z.string(),
  truth: label.nullable(),
  called: label,
  probabilities: z.record(label, z.number()),
  /** By which its picture is asked for; null where the set that is here does not have it. */
  sha256: z.string().nullable(),
})
export type ShownRead = z.infer<typeof readImageSchema>
