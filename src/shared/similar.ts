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

/** What an image says of an answer; one of a tumour of unknown kind says of a tumour's kind nothing. */
export const STANCES = ['agrees', 'disagrees', 'unknown'] as const
export type Stance = (typeof STANCES)[number]

export const neighbourSchema = z.strictObject({
  /** An image that the model learned from, or a case that a reader signed. */
  kind: z.enum(['training', 'signed']),
  /** Null for a tumour whose kind nobody knows. */
  label: labelSchema.nullable(),
  stance: z.enum(STANCES),
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
  /** Tumours of unknown kind beside an answer that names a kind: they neither agree nor disagree. */
  unknownKind: z.int(),
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

/** What an image of a label, null for a tumour of unknown kind, says of an answer; any tumour disagrees with “no tumour”. */
export function stanceOf(called: string, label: string | null): Stance {
  if (label === null) return called === 'notumor' ? 'disagrees' : 'unknown'
  return label === called ? 'agrees' : 'disagrees'
}

/** How many of the nearest agree, as words: only those that name the same label do. */
export function agreementInWords({
  neighbours,
  disagreeing,
  unknownKind,
}: Pick<SimilarCases, 'disagreeing' | 'unknownKind'> & { neighbours: unknown[] }): string {
  const words = AGREEMENT_WORDS
  const n = neighbours.length
  if (unknownKind === n) return words.allUnknown(n)
  const rest = unknownKind === 0 ? '' : words.unknown(unknownKind)
  if (disagreeing > 0) return words.disagree(disagreeing, n) + rest
  return (rest === '' ? words.all(n) : words.agree(n - unknownKind, n)) + rest
}

export const AGREEMENT_WORDS = {
  all: (n: number) => `the ${n} nearest agree`,
  agree: (some: number, n: number) => `${some} of ${n} nearest agree`,
  disagree: (some: number, n: number) => `${some} of ${n} nearest disagree`,
  unknown: (some: number) => `, ${some}: tumour, kind unknown`,
  allUnknown: (n: number) => `${n} nearest: tumour, kind unknown`,
}
