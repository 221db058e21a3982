import { z } from 'zod'
import { regionSchema } from './brain-region.ts'
import { dicomFactsSchema } from './dicom.ts'
import type { ErrorCode } from './errors.ts'
import { ERRORS } from './errors.ts'
import { answerSetSchema, gateSchema } from './input-gate.ts'
import { BANNER, CALLED, LABELS, VERDICT_LABELS } from './labels.ts'
import { IMPRESSIONS, MARK_REASONS, SECOND_STATES } from './reading.ts'
import { urgencySchema } from './urgency.ts'

/** Of cases that are, or were, to be analysed as they came. */
export const OPENED_STATES = ['received', 'analysed', 'reviewed', 'signed', 'failed'] as const
export const CASE_STATES = ['listed', ...OPENED_STATES] as const
/** received → analysed → reviewed → signed, or failed with a code; before that listed, where a reader is to have it classified. */
export type CaseState = (typeof CASE_STATES)[number]

/** What a reader sees for each state. */
export const STATE_NAMES: Record<CaseState, string> = {
  listed: 'Listed',
  received: 'Waiting',
  analysed: 'Unread',
  reviewed: 'Read',
  signed: 'Signed',
  failed: 'Failed',
}

export const SOURCES = ['file', 'sample', 'command-line', 'dicom', 'folder', 'edited'] as const
/** Where a scan came in; `edited` is the picture of an experiment, and counts for nothing. */
export type Source = (typeof SOURCES)[number]
export const SOURCE_NAMES: Record<Source, string> = {
  file: 'File',
  sample: 'Sample',
  'command-line': 'Terminal',
  dicom: 'DICOM network',
  folder: 'Watched folder',
  edited: 'Edited – experiment',
}
/**
 * Where scans come from that count in figures and teach. Samples do not, since the model learned from them: they are counted
 * only where they are asked for. Edited pictures never are.
 */
export const COUNTED_SOURCES: readonly Source[] = SOURCES.filter((source) => source !== 'edited' && source !== 'sample')
/** What may be asked for alone. */
export const ASKED_SOURCES: readonly Source[] = SOURCES.filter((source) => source !== 'edited')

/** Whether a scan from `source` counts. @param asked the one source that is looked at; null is all that count */
export const countsFrom = (source: Source, asked: Source | null): boolean =>
  asked === null ? COUNTED_SOURCES.includes(source) : source === asked && ASKED_SOURCES.includes(source)

export const VERDICTS = ['agree', 'disagree', 'own', 'cannot-tell'] as const
/** `own`: a finding where the model does not judge the image, so that there is nothing to agree or disagree with. */
export type Verdict = (typeof VERDICTS)[number]

export const VERDICT_NAMES: Record<Verdict, string> = {
  agree: 'Agree',
  disagree: 'Disagree',
  own: 'Own finding',
  'cannot-tell': 'Can’t tell',
}

export const SIGNATURE_KINDS = ['sign', 'amend', 'adjudicate'] as const
/** The first signature of a case, or one of a verdict that took the place of a signed one; by a third reader between two. */
export type SignatureKind = (typeof SIGNATURE_KINDS)[number]

export const labelSchema = z.enum(LABELS)
export const calledSchema = z.enum(CALLED)
export const verdictLabelSchema = z.enum(VERDICT_LABELS)
export const confidencesSchema = z.strictObject({
  glioma: z.number(),
  meningioma: z.number(),
  notumor: z.number(),
  pituitary: z.number(),
})
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)
/** UTC, ISO 8601 with milliseconds. */
export const instantSchema = z.iso.datetime()
export const caseIdSchema = z.uuidv7()

export const failureSchema = z.strictObject({
  code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  action: z.string(),
})

/** One line of the work list. */
export const caseRowSchema = z.strictObject({
  id: caseIdSchema,
  receivedAt: instantSchema,
  fileName: z.string(),
  patientName: z.string().nullable(),
  patientId: z.string().nullable(),
  studyDate: z.iso.date().nullable(),
  description: z.string().nullable(),
  source: z.enum(SOURCES),
  state: z.enum(CASE_STATES),
  label: calledSchema.nullable(),
  /** Probability of `label`, 0–1; null where there is none. */
  confidence: z.number().nullable(),
  modelId: z.string().nullable(),
  reader: z.string().nullable(),
  verdict: z.enum(VERDICTS).nullable(),
  /** What the reader says it is, where they do not agree. */
  verdictLabel: verdictLabelSchema.nullable(),
  /** The verdict was given on an earlier answer; another model’s stands now. */
  onEarlierAnswer: z.boolean(),
  failure: failureSchema.nullable(),
  /**
   * Where the second reading stands; null where none is asked for. While it is `marked` or `open` no list tells the
   * verdict, to nobody.
   */
  second: z.enum(SECOND_STATES).nullable(),
  /**
   * Why it is where it is in the order of urgency: told of a case that waits for a reader, in a list in that order and where the
   * case is told alone, but to nobody from whom answers are kept.
   */
  urgency: urgencySchema.nullable(),
})
export type CaseRow = z.infer<typeof caseRowSchema>

/** Whether a case may be taken off the lists: as long as nobody has read it, and where nothing is lost by it for a patient. */
export const isDismissable = ({ state, label, source }: Pick<CaseRow, 'state' | 'label' | 'source'>): boolean =>
  state === 'failed' || (state === 'analysed' && (label === 'unjudged' || source === 'edited'))

/** What a model said about a scan. Never changed; a later one supersedes it. */
export const resultSchema = z.strictObject({
  id: z.int(),
  banner: z.literal(BANNER),
  /** Null where the model does not judge the image; its confidences mean nothing then. */
  label: labelSchema.nullable(),
  confidences: confidencesSchema,
  /** Null for results from before there was one. */
  gate: gateSchema.nullable(),
  /** Null where the model cannot say. */
  set: answerSetSchema,
  modelId: z.string(),
  weightsSha256: sha256Schema,
  preprocessingVersion: z.string(),
  /** What computed it, e.g. `onnxruntime-node 1.30.0 cpu`. */
  engine: z.string(),
  decodeMs: z.number(),
  preprocessMs: z.number(),
  inferenceMs: z.number(),
  createdAt: instantSchema,
})
export type Result = z.infer<typeof resultSchema>

/** A verdict is a draft until its reader signed it. */
export const signatureSchema = z.strictObject({
  kind: z.enum(SIGNATURE_KINDS),
  signer: z.string(),
  at: instantSchema,
  /** Why a signed verdict was amended by this one; '' for a first signature and for an adjudication. */
  reason: z.string(),
})

const beforeSchema = z.strictObject({ impression: z.enum(IMPRESSIONS), at: instantSchema, differs: z.boolean() })

export const verdictRecordSchema = z.strictObject({
  id: z.int(),
  resultId: z.int(),
  reader: z.string(),
  verdict: z.enum(VERDICTS),
  label: verdictLabelSchema.nullable(),
  comment: z.string(),
  createdAt: instantSchema,
  /** Null while it is a draft, or was superseded as one. */
  signature: signatureSchema.nullable(),
  /** What the reader thought before they were shown the result, and whether the verdict says something else. */
  before: beforeSchema.nullable(),
})
export type VerdictRecord = z.infer<typeof verdictRecordSchema>

/** A case that two read, as the reader who asks may see it. */
export const secondSchema = z.strictObject({
  markedBy: z.string(),
  markedAt: instantSchema,
  why: z.enum(MARK_REASONS),
  /** What the second reader says, signed as it was given; null until then. */
  reading: z
    .strictObject({
      resultId: z.int(),
      reader: z.string(),
      verdict: z.enum(VERDICTS),
      label: verdictLabelSchema.nullable(),
      comment: z.string(),
      at: instantSchema,
      before: beforeSchema.nullable(),
    })
    .nullable(),
  /** Which of the verdicts a third reader decided by; null where none did. */
  adjudicated: z.strictObject({ verdictId: z.int(), reader: z.string(), at: instantSchema }).nullable(),
  /** Verdicts of other readers are kept from the one who asks until the second reading is there. */
  withheld: z.boolean(),
  /** What the case waits for and the one who asks may do. */
  act: z.enum(['read', 'adjudicate']).nullable(),
  /** Why they may not do what it waits for. */
  barred: failureSchema.nullable(),
})
export type Second = z.infer<typeof secondSchema>

/** The case and the experiment of which the file of an edited scan was made. */
export const editedFromSchema = z.strictObject({ caseId: caseIdSchema, experiment: z.int() })
export type EditedFrom = z.infer<typeof editedFromSchema>

/** Another case of an image. */
export const sameImageSchema = z.strictObject({ id: caseIdSchema, receivedAt: instantSchema, fileName: z.string() })
export type SameImage = z.infer<typeof sameImageSchema>

/** Which series a case is, or is a slice of. */
export const ofSeriesSchema = z.strictObject({
  /** The case of the whole series; the case's own id where it is that. */
  id: caseIdSchema,
  slices: z.int(),
  /** Place of the slice; null for the series. */
  place: z.int().nullable(),
})

export const caseDetailSchema = caseRowSchema.extend({
  receivedBy: z.string(),
  scan: z
    .strictObject({
      sha256: sha256Schema,
      bytes: z.int(),
      format: z.string().nullable(),
      width: z.int().nullable(),
      height: z.int().nullable(),
    })
    .nullable(),
  /** What the file says of itself; null where it is no DICOM file. */
  dicom: dicomFactsSchema.nullable(),
  /** The series that it is, or is a slice of. */
  series: ofSeriesSchema.nullable(),
  /** Where its file was made by editing that of another case; null where it is as it came. */
  editedFrom: editedFromSchema.nullable(),
  result: resultSchema.nullable(),
  /**
   * What was measured of the brain region with the answer: of a series, of its key slice. Null where it was not (in answers of
   * an older Gyrus), where it was erased, and while the answer is kept from the reader.
   */
  region: regionSchema.nullable(),
  /** The answer is kept from this reader until they recorded an impression. */
  awaitsImpression: z.boolean(),
  /** Newest first; the first one stands. */
  verdicts: z.array(verdictRecordSchema),
  /** Null where one reader is enough. */
  secondReading: secondSchema.nullable(),
  /** Other cases of the very same file (same SHA-256), newest first. */
  sameScan: z.array(sameImageSchema),
  /** Other cases whose files say that they are the same image (SOP Instance UID) and have other bytes, oldest first. */
  otherBytes: z.array(sameImageSchema),
})
export type CaseDetail = z.infer<typeof caseDetailSchema>

export const SORT_COLUMNS = [
  'receivedAt',
  'patientName',
  'patientId',
  'studyDate',
  'description',
  'fileName',
  'source',
  'label',
  'confidence',
  'state',
  'reader',
  'verdict',
  'modelId',
  'urgency',
] as const
export type SortColumn = (typeof SORT_COLUMNS)[number]

/** Which cases, in which order. Empty lists mean "any". */
export const caseQuerySchema = z.strictObject({
  /**
   * Each word begins a word of file name, patient, ID, description, labels, comments, reader or model; or it is the
   * beginning (8 characters or more) of the case's id or of its file's SHA-256, or the code of a printed report.
   */
  search: z.string().max(200).default(''),
  states: z.array(z.enum(CASE_STATES)).default([]),
  labels: z.array(calledSchema).default([]),
  sources: z.array(z.enum(SOURCES)).default([]),
  /** `none` is a case without a verdict. */
  verdicts: z.array(z.enum([...VERDICTS, 'none'])).default([]),
  readers: z.array(z.string()).default([]),
  /** Where their second reading stands: `open` are for second reading, `disputed` to adjudicate. */
  second: z.array(z.enum(SECOND_STATES)).default([]),
  models: z.array(z.string()).default([]),
  /** Each word begins a word of the patient's name or ID; '' for any. */
  patient: z.string().max(200).default(''),
  /** As the file says; '' for any. */
  patientName: z.string().max(500).default(''),
  patientId: z.string().max(500).default(''),
  /** The beginning of the file's SHA-256; '' for any. */
  sha256: z
    .string()
    .regex(/^(?:[0-9a-f]{8,64})?$/)
    .default(''),
  /** Of a DICOM file: its accession number; '' for any. */
  accession: z.string().max(64).default(''),
  /** Of a DICOM file: the UID of its study, its series or itself; '' for any. */
  uid: z
    .string()
    .regex(/^(?:\d+(?:\.\d+)+)?$/)
    .max(64)
    .default(''),
  /** A batch that it is of. */
  batch: z.uuidv7().nullable().default(null),
  /** Received on or after / before, UTC. */
  from: instantSchema.nullable().default(null),
  until: instantSchema.nullable().default(null),
  /** Answers of no more confidence than this, 0 to 1; the confidence of an answer that is kept from the reader counts as none. */
  confidenceUpTo: z.number().min(0).max(1).nullable().default(null),
  /** Days of the study, the first and the last included; null for any. */
  studiedFrom: z.iso.date().nullable().default(null),
  studiedUntil: z.iso.date().nullable().default(null),
  sort: z
    .strictObject({ column: z.enum(SORT_COLUMNS), direction: z.enum(['asc', 'desc']) })
    .default({ column: 'receivedAt', direction: 'desc' }),
})
export type CaseQuery = z.infer<typeof caseQuerySchema>
export type CaseQueryInput = z.input<typeof caseQuerySchema>

/** What a file may or may not say of itself. */
export const FILE_COLUMNS = ['patientName', 'patientId', 'studyDate', 'description'] as const
export type FileColumn = (typeof FILE_COLUMNS)[number]

export const casePageSchema = z.strictObject({
  rows: z.array(caseRowSchema),
  /** Cases that match the query; with `more`, as many as are listed, and more match. */
  total: z.int(),
  more: z.boolean(),
  /** Cases in the whole record. */
  all: z.int(),
  /** Analysed and still without a verdict, in the whole record. */
  unread: z.int(),
  /** Cases of the whole record that wait for a second reader, and for a third one whom the asker can be (auditors: all). */
  waiting: z.strictObject({ second: z.int(), adjudication: z.int() }),
  /** Those of the whole record that have a value in at least one case. */
  columns: z.array(z.enum(FILE_COLUMNS)),
})
export type CasePage = z.infer<typeof casePageSchema>

/** Where a case stands in the order of a query. */
export const casePlaceSchema = z.strictObject({
  /** 0-based; null where the query no longer contains the case. */
  position: z.int().nullable(),
  total: z.int(),
  /** More than `total` match. */
  more: z.boolean(),
  previous: caseIdSchema.nullable(),
  next: caseIdSchema.nullable(),
  /** The next one that is analysed and without a verdict, going on from the top at the end. */
  nextUnread: caseIdSchema.nullable(),
})
export type CasePlace = z.infer<typeof casePlaceSchema>
