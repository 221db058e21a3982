import { z } from 'zod'
import { LABELS } from './labels.ts'

export const share = z.number().min(0).max(1)
/** Null where there is nothing to take a share of. */
export const shareOrNull = share.nullable()
export const label = z.enum(LABELS)
export const point = z.tuple([share, share])
/** Low and high end at `bootstrap.level`; null where it cannot be told. */
const intervals = z.record(z.string(), z.tuple([z.number(), z.number()]).nullable())

/** `n` of `of` images. `groupMean`: mean over groups of their shares; null where no groups are known. */
const countSchema = z.strictObject({ n: z.int(), of: z.int(), share: shareOrNull, groupMean: shareOrNull })
export type Count = z.infer<typeof countSchema>

/** One image in a list. `truth` is null where only “some tumour” is known. `set`: its conformal set. */
export const listedSchema = z.strictObject({
  id: z.string(),
  truth: label.nullable(),
  predicted: label,
  /** Of the predicted class. */
  confidence: share,
  probabilities: z.record(label, share),
  set: z.array(label).nullable(),
})
export type Listed = z.infer<typeof listedSchema>

const operatingSchema = z.strictObject({
  /** The specificity or sensitivity that was asked for. */
  wanted: share,
  /** On 1 − p(no tumour); null: nothing is called a tumour. One per fold where validation images set it. */
  thresholds: z.array(share.nullable()),
  sensitivity: shareOrNull,
  specificity: shareOrNull,
})
export type Operating = z.infer<typeof operatingSchema>

/** Tumour of any kind against no tumour. Also for images of which the kind is not known. */
export const tumourEvaluationSchema = z.strictObject({
  n: z.int().positive(),
  /** What `intervals` draw: images, or groups of images (patients). */
  bootstrap: z.strictObject({
    unit: z.enum(['image', 'group']),
    units: z.int(),
    resamples: z.int(),
    seed: z.int(),
    level: share,
  }),
  tumourCalledNone: countSchema.extend({ images: z.array(listedSchema) }),
  noneCalledTumour: countSchema,
  /** Tumours whose conformal set is “no tumour” alone. Null without validation images. */
  tumourSetOnlyNone: countSchema.nullable(),
  tumourAuroc: shareOrNull,
  tumourAuprc: shareOrNull,
  /** Thresholds chosen on the evaluated images themselves: what the model could do. */
  sensitivityAtSpecificity: z.array(operatingSchema),
  specificityAtSensitivity: z.array(operatingSchema),
  /** Thresholds chosen on validation images: what it would have done. Null without them. */
  atValidationThreshold: z.array(operatingSchema).nullable(),
  curves: z.strictObject({ roc: z.array(point), precisionRecall: z.array(point) }),
  intervals,
  /** Clopper–Pearson, images taken as independent. */
  exactIntervals: intervals,
})
export type TumourEvaluation = z.infer<typeof tumourEvaluationSchema>
