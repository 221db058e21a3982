import { z } from 'zod'
import { caseIdSchema, labelSchema } from './cases.ts'
import { HEAT_METHODS } from './heat.ts'
import { LABELS } from './labels.ts'

const share = z.number().min(0).max(1)

/** How much the answer hangs on what a map marks (`Faithfulness`). */
const faithfulnessSchema = z.strictObject({
  whole: share,
  withoutMarked: share,
  withoutRandom: share,
  score: z.number().min(-1).max(1),
  threshold: share,
  faithful: z.boolean(),
  reason: z.enum(['nothing-changes', 'rest-as-much']).nullable(),
})

/** A heat map of a case for a page. */
export const heatMapSchema = z.strictObject({
  modelId: z.string(),
  method: z.enum(HEAT_METHODS),
  label: labelSchema,
  /** Over the whole image, in its proportions, row by row. */
  width: z.int(),
  height: z.int(),
  /** `width × height` bytes in base64; 255 is the highest value of the map. */
  values: z.base64(),
  /** The highest value in the method's own unit: a probability, a part of a logit, or a fall of log-odds. */
  highest: z.number(),
  /** Where it is, in shares of the image's width and height. */
  peak: z.strictObject({ x: share, y: share }),
  confidences: z.record(z.enum(LABELS), share),
  /** Null where it was not asked for. Where it is not `faithful`, the map is shown hatched, with the reason. */
  faithfulness: faithfulnessSchema.nullable(),
  milliseconds: z.number(),
})

export type HeatMap = z.infer<typeof heatMapSchema>

/** The part of the contract that is about why the model says so. */
export const explainContract = {
  /**
   * What in the case's image speaks for a class; by default what it is called, by the method that measures best. It tells
   * the answer, and is kept like it from a reader who has recorded no impression. `frame`: which of the file's images, from 0
   * on; without it the one that stands for it.
   */
  'cases.explain': {
    may: 'read',
    input: z.strictObject({
      id: caseIdSchema,
      frame: z.int().min(0).optional(),
      label: labelSchema.optional(),
      method: z.enum(HEAT_METHODS).optional(),
      faithfulness: z.boolean().default(true),
    }),
    output: heatMapSchema,
  },
} as const
