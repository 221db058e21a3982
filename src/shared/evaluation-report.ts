import { z } from 'zod'
import { evaluationSchema } from './evaluation.ts'
import { SEEN } from './seen.ts'
import { modelShortcutsSchema } from './shortcuts.ts'
import { tumourEvaluationSchema } from './tumour-evaluation.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What a number was measured with and on. */
export const sourceSchema = z.strictObject({
  title: z.string().min(1),
  data: z.string().min(1),
  dataSha256: sha256.nullable(),
  /** How training and test images were kept apart. */
  splitRule: z.string().min(1),
  /** Evaluations of earlier versions do not say. */
  seenInTraining: z.enum(SEEN).optional(),
  /** What set thresholds and conformal limits, or why there are none; as above. */
  limitsBy: z.string().min(1).optional(),
  date: z.iso.date(),
  model: z.string().min(1),
  /** One a fold of a cross-validation, whose models are not the one that ships; none where only predictions were kept. */
  weightsSha256: z.array(sha256),
})
export type Source = z.infer<typeof sourceSchema>

const differenceSchema = z.strictObject({
  /** Second model minus first. */
  value: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
})

/** Two models on the same images. */
export const comparisonSchema = z.strictObject({
  n: z.int(),
  /** Images that only one of the two has right; p is exact and two-sided. */
  mcnemar: z.strictObject({ onlyFirst: z.int(), onlySecond: z.int(), p: z.number().min(0).max(1) }),
  accuracy: differenceSchema,
  macroRecall: differenceSchema,
  tumourCalledNone: differenceSchema,
})
export type Comparison = z.infer<typeof comparisonSchema>
export type Difference = z.infer<typeof differenceSchema>

const columnSchema = sourceSchema.extend({
  evaluation: evaluationSchema,
  /** This column's model (second) against another (first), named here. */
  comparison: z
    .strictObject({ model: z.string().min(1), weightsSha256: z.array(sha256).min(1), result: comparisonSchema })
    .nullable(),
})
export type Column = z.infer<typeof columnSchema>

const tumourColumnSchema = sourceSchema.extend({ evaluation: tumourEvaluationSchema })
export type TumourColumn = z.infer<typeof tumourColumnSchema>

/** The same model or recipe on several sets of images, side by side. */
export const evaluationReportSchema = z.strictObject({
  title: z.string().min(1),
  date: z.iso.date(),
  columns: z.array(columnSchema).min(1).max(4),
  /** Images of which only “tumour” or “no tumour” is known: other sequences and scanners. */
  tumourColumns: z.array(tumourColumnSchema).max(4),
  /** Null where they were not looked for. */
  shortcuts: modelShortcutsSchema.nullable(),
  /** What a reader should know before believing the numbers. */
  notes: z.array(z.string()),
})
export type EvaluationReport = z.infer<typeof evaluationReportSchema>
