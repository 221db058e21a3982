import { z } from 'zod'
import { caseIdSchema, confidencesSchema, labelSchema } from './cases.ts'

export const SCOPES = [
  'counted',
  'modality',
  'sequence',
  'plane',
  'copy',
  'edge',
  'outside',
  'unlike',
  'model',
  'unread',
  'waiting',
] as const
/** Whether a slice counts for its series, or why it does not. */
export type Scope = (typeof SCOPES)[number]

/** Why a slice is not counted, for the reader. */
export const SCOPE_NAMES: Record<Scope, string> = {
  counted: 'Counted',
  modality: 'Not MR, by its file',
  sequence: 'Another sequence than T1, by its file',
  plane: 'Oblique (more than 30° off axial, coronal and sagittal), or across the other slices',
  copy: 'The same instance again, or another one at the same place',
  edge: 'Little head in the picture: top or bottom of the stack',
  outside: 'The model does not judge this picture',
  unlike: 'Unlike the images that the model learned from',
  model: 'Answered by another model than the newest slice',
  unread: 'Its picture could not be read',
  waiting: 'Not read by the model yet',
}

export const PLANES = ['axial', 'coronal', 'sagittal', 'oblique'] as const
export type Plane = (typeof PLANES)[number]

/** How the slices' answers become the series' answer. Shown beside it, and on record with it; never changed, only followed. */
export const RULE_TEXTS: Record<string, string> = {
  'neighbours-1':
    'The neighbouring slices (three, or 10 mm where that is more) that together look most like a tumour decide; their probabilities are averaged. Slices outside what the model knows are not counted.',
  'neighbours-2':
    'The neighbouring slices (three, or 10 mm where that is more) that together look most like a tumour decide; their probabilities are averaged. Slices outside what the model knows do not count, and part neighbours. Where fewer than half count, or no neighbours do, there is no answer.',
  unknown: 'A rule of another version of Gyrus, which this one does not know.',
}

export const SERIES_RULE = { id: 'neighbours-2', text: RULE_TEXTS['neighbours-2'] as string } as const

/** What a rule says that is on record with an answer, be it that of another Gyrus. */
export const ruleText = (id: string, texts = RULE_TEXTS): string => texts[id] ?? texts.unknown ?? ''

export const SERIES_CAUTIONS = {
  untested: 'The model was made for single slices. How good this summary of a series is has not been measured.',
  contrast:
    'The files name no contrast agent. The model was made for contrast-enhanced T1: its answer may be false both ways, a tumour called where there is none, or one missed.',
  split: 'The slices that decided are called differently.',
  doubtful: 'Most slices are not counted, or only with a caution.',
  frameOrder:
    'The file does not say where its frames lie: they stand, and count as neighbours, in the order of the file.',
  numberOrder: 'The files do not say where their slices lie: they stand, and count as neighbours, by their numbers.',
} as const

export const sliceSchema = z.strictObject({
  /** Its own case: `images/<case>/pixels` are its pixels. */
  caseId: caseIdSchema,
  /** Which of the file's images it is, from 0 on, where the file has several; else null. */
  frame: z.int().nullable(),
  /** From 0 on, in the order of the stack; frames are in that of their file. */
  place: z.int(),
  instanceNumber: z.int().nullable(),
  /** Along the stack, mm from its end; null where the files do not say where they lie. */
  mm: z.number().nullable(),
  scope: z.enum(SCOPES),
  /** Null while the answer is kept from the reader, and where the model does not judge the picture (`outside`). */
  label: labelSchema.nullable(),
  confidences: confidencesSchema.nullable(),
})
export type Slice = z.infer<typeof sliceSchema>

/** A stack of slices that is read as one case: files of a series, or frames of a file. */
export const seriesSchema = z.strictObject({
  /** The case of the whole series, or of the file. */
  id: caseIdSchema,
  plane: z.enum(PLANES).nullable(),
  /** Id of the rule by which its answer was made. */
  rule: z.string(),
  slices: z.array(sliceSchema),
  counted: z.int(),
  /** Place of the slice that stands for the series: the most suspicious one; the middle one where none is counted or it is kept. */
  key: z.int(),
  /** Places of the slices that decided; null where none is counted, or it is kept from the reader. */
  deciding: z.array(z.int()).nullable(),
  /** What must be said beside its answer. */
  cautions: z.array(z.string()),
})
export type Series = z.infer<typeof seriesSchema>

/** From black to white, in measured values (stored ones where a file does not scale them). */
export const stackWindowSchema = z.strictObject({ low: z.number(), high: z.number() })
export type StackWindow = z.infer<typeof stackWindowSchema>

/** Whether the slices are frames of one file. */
export const isOfFrames = ({ slices }: Series): boolean => slices.some(({ frame }) => frame !== null)

/** Another series of the same patient, to be laid beside this one. */
export const priorSchema = z.strictObject({
  id: caseIdSchema,
  /** As its own files say. */
  patientName: z.string().nullable(),
  patientId: z.string(),
  studyDate: z.iso.date().nullable(),
  description: z.string().nullable(),
  plane: z.enum(PLANES).nullable(),
  slices: z.int(),
  sameStudy: z.boolean(),
})
export type Prior = z.infer<typeof priorSchema>

/** What ends the description of a series on record: how many slices it has, and that more are coming. */
export const countOfSlices = (n: number, coming: boolean): string => `${n} slices${coming ? ' coming in' : ''}`

const COUNTED = /^(?:(?<text>.*) · )?(?<n>\d+) slices(?<coming> coming in)?$/s

/**
 * A description without the count that ends that of a series, which screens say in their own language and never cut.
 *
 * @returns `slices` is null where it ends with none
 */
export function withoutCount(description: string): { text: string; slices: { n: number; coming: boolean } | null } {
  const found = COUNTED.exec(description)?.groups
  if (!found) return { text: description, slices: null }
  return { text: found.text ?? '', slices: { n: Number(found.n), coming: found.coming !== undefined } }
}
