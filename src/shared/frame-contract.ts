import { z } from 'zod'
import { caseIdSchema, confidencesSchema, labelSchema } from './cases.ts'
import { gateSchema } from './input-gate.ts'

/** What the active model says of one frame of a file; it is no answer of the case. */
export const frameAnswerSchema = z.strictObject({
  /** From 0 on. */
  frame: z.int(),
  modelId: z.string(),
  /** Null where the model does not judge it. */
  label: labelSchema.nullable(),
  confidences: confidencesSchema,
  gate: gateSchema,
})
export type FrameAnswer = z.infer<typeof frameAnswerSchema>

/** The part of the contract that is about single frames of a file. */
export const frameContract = {
  /**
   * Has the active model read a frame that the case's answer is not of; that it was asked, and what it said, is on record.
   * Kept, like the answer, from a reader who has recorded no impression.
   */
  'cases.frame-answer': {
    may: 'review',
    input: z.strictObject({ id: caseIdSchema, frame: z.int().min(0).max(19_999) }),
    output: frameAnswerSchema,
  },
} as const
