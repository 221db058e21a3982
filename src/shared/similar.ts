import { z } from 'zod'
import { caseIdSchema, instantSchema, labelSchema } from './cases.ts'

/** Neighbours that are shown. */
export const NEIGHBOURS = 5
/** So many of them that disagree with the answer are a warning. */
export const DISAGREEING = 3

/** How near: nearer than half of unseen images have their nearest one, as near as 95 of 100 have it, or farther. */
export const NEARNESS = ['near', 'usual', 'far'] as const
export type Nearness = (typeof NEARNESS)[number]
export const NEARNESS_NAMES: Record<Nearness, string> = { near: 'near', usual: 'as near as usual', far: 'far' }

export const neighbourSchema = z.strictObject({
  /** An image that the model learned from, or a case that a reader signed. */
  kind: z.enum(['training', 'signed']),
  /** Null for a tumour whose kind nobody knows. */
  label: labelSchema.nullable(),
  agrees: z.boolean(),
  /** Between the projected features. */
  distance: z.number().min(0),
  /** Null where the model does not know what is usual. */
  nearness: z.enum(NEARNESS).nullable(),
  /** Null where it is not known. */
  samePatient: z.boolean().nullable(),
  /** Where it is from, in words, and under which licence; '' where none is stated. */
  source: z.string(),
  licence: z.string(),
  /** A WebP in base64; null for a signed case, which has a picture of its own, and where there is none. */
  picture: z.base64().nullable(),
  noPicture: z.string().nullable(),
  /** The signed case; null for an image that the model learned from. */
  caseId: caseIdSchema.nullable(),
  signedAt: instantSchema.nullable(),
})
export type Neighbour = z.infer<typeof neighbourSchema>

export const similarSchema = z.strictObject({
  modelId: z.string(),
  /** What the case is called, with which the neighbours agree or not. */
  label: labelSchema,
  /** The nearest first, one a patient as far as that is known. */
  neighbours: z.array(neighbourSchema).max(NEIGHBOURS),
  disagreeing: z.int(),
  /** `DISAGREEING` or more do. */
  warning: z.boolean(),
  /** Copies of the very image that were left out. */
  copies: z.int(),
  compared: z.strictObject({ training: z.int(), signed: z.int() }),
  /**
   * Distances within which half, and 95 of 100, of the images that trained nothing have their nearest image; null where the model
   * does not know.
   */
  usual: z.strictObject({ half: z.number(), most: z.number() }).nullable(),
  milliseconds: z.number(),
})
export type SimilarCases = z.infer<typeof similarSchema>

/** Whether an image of a label speaks for an answer; a tumour of unknown kind does for each kind. */
export const agreesWith = (called: string, label: string | null): boolean =>
  label === null ? called !== 'notumor' : label === called
