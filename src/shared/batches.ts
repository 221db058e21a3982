import { z } from 'zod'
import {
  type CaseState,
  calledSchema,
  caseIdSchema,
  caseRowSchema,
  failureSchema,
  instantSchema,
  OPENED_STATES,
  sameImageSchema,
  VERDICTS,
  verdictLabelSchema,
} from './cases.ts'
import { MAX_NAME_FILTER } from './name-filter.ts'

export const BATCH_ORIGINS = ['folder', 'files', 'command-line', 'upload'] as const
/** Where its files come from. `upload`: a browser hands them over, so that they cannot be found again. */
export type BatchOrigin = (typeof BATCH_ORIGINS)[number]

export const BATCH_STATES = ['queued', 'running', 'paused', 'completed', 'cancelled', 'interrupted'] as const
export type BatchState = (typeof BATCH_STATES)[number]

/** What can be asked of a batch, and in which states. */
export const BATCH_ACTS = {
  pause: ['queued', 'running'],
  resume: ['paused', 'interrupted'],
  cancel: ['queued', 'running', 'paused', 'interrupted'],
  retry: ['completed', 'paused', 'interrupted'],
} as const satisfies Record<string, readonly BatchState[]>
export type BatchAct = keyof typeof BATCH_ACTS

export const mayAct = (act: BatchAct, state: BatchState): boolean =>
  (BATCH_ACTS[act] as readonly BatchState[]).includes(state)

/** Where a file of a batch is: still to be opened, already analysed in another case, or where its case is. */
export const BATCH_FILE_STATES = ['waiting', 'skipped', ...OPENED_STATES] as const
export type BatchFileState = (typeof BATCH_FILE_STATES)[number]

/** Where a case stands, as a file of a batch: one that only a source lists is still to be opened. */
export const asFile = (state: CaseState): BatchFileState => (state === 'listed' ? 'waiting' : state)

export const batchIdSchema = z.uuidv7()

export const batchOptionsSchema = z.strictObject({
  subFolders: z.boolean().default(true),
  /** Name filter, see name-filter.ts; empty for none. */
  filter: z.string().max(MAX_NAME_FILTER).default(''),
  /** Link files that the active model has analysed before to their case, instead of analysing them again. */
  skipSeen: z.boolean().default(true),
})
export type BatchOptions = z.infer<typeof batchOptionsSchema>

export const batchCountsSchema = z.strictObject({
  /** Files found so far; all of them once `listed`. */
  total: z.int(),
  analysed: z.int(),
  failed: z.int(),
  skipped: z.int(),
  /** Neither analysed, failed nor skipped. */
  remaining: z.int(),
})
export type BatchCounts = z.infer<typeof batchCountsSchema>

/** What came of the files that had failed and were tried again. */
export const retriedSchema = z.strictObject({
  tried: z.int(),
  /** Of them. */
  failed: z.int(),
  /** Why they failed again, the most frequent reason first. */
  reasons: z.array(z.strictObject({ failure: failureSchema, files: z.int() })),
})
export type Retried = z.infer<typeof retriedSchema>

export const batchSchema = z.strictObject({
  id: batchIdSchema,
  name: z.string(),
  origin: z.enum(BATCH_ORIGINS),
  options: batchOptionsSchema,
  state: z.enum(BATCH_STATES),
  /** What it comes to as soon as the files are through that were begun; null where nobody has asked for it to stop. */
  stopping: z.enum(['paused', 'cancelled']).nullable(),
  /** Of a queued one of a department: the workstation that goes on with it, which is not open; null where nothing is amiss. */
  waitsFor: z.string().nullable(),
  createdAt: instantSchema,
  createdBy: z.string(),
  changedAt: instantSchema,
  /** Whether all its files are known. */
  listed: z.boolean(),
  /** Files of its folders that were passed over: hidden, not an image, or not fitting the filter. */
  passedOver: z.int(),
  counts: batchCountsSchema,
  /** Why it was interrupted; null where Gyrus just ended. */
  failure: failureSchema.nullable(),
  /** Of the last “retry”, as long as this Gyrus is open; null where there was none. */
  retried: retriedSchema.nullable(),
  /** Over the time that it worked; null before there is anything to tell. */
  imagesPerSecond: z.number().nullable(),
  /** While it runs here. */
  secondsLeft: z.number().nullable(),
})
export type Batch = z.infer<typeof batchSchema>

export const batchFileSchema = z.strictObject({
  /** Its place in the batch, from 1. */
  seq: z.int(),
  path: z.string(),
  state: z.enum(BATCH_FILE_STATES),
  caseId: caseIdSchema.nullable(),
  /** Case of the series that it is a slice of. */
  series: caseIdSchema.nullable(),
  label: calledSchema.nullable(),
  /** Probability of `label`, 0–1; null where there is none. */
  confidence: z.number().nullable(),
  /** See attention.ts. */
  attention: z.number().nullable(),
  modelId: z.string().nullable(),
  verdict: z.enum(VERDICTS).nullable(),
  /** What the reader said instead. */
  verdictLabel: verdictLabelSchema.nullable(),
  /** See `CaseRow`. */
  onEarlierAnswer: z.boolean(),
  reader: z.string().nullable(),
  /** Whether the reader who asks has seen its result. */
  opened: z.boolean(),
  /** The first other case whose file says that it is the same image (SOP Instance UID) and has other bytes. */
  otherBytes: sameImageSchema.nullable(),
  failure: failureSchema.nullable(),
})
export type BatchFile = z.infer<typeof batchFileSchema>

export const BATCH_SORTS = ['attention', 'order'] as const
export type BatchSort = (typeof BATCH_SORTS)[number]

export const batchQuerySchema = z.strictObject({
  labels: z.array(calledSchema).default([]),
  states: z.array(z.enum(BATCH_FILE_STATES)).default([]),
  /** Only results with at most this confidence. */
  confidenceUpTo: z.number().min(0).max(1).nullable().default(null),
  sort: z.enum(BATCH_SORTS).default('attention'),
  /** Whether files that are slices of a series are among them; the series is a case of its own. */
  slices: z.boolean().default(true),
})
export type BatchQuery = z.infer<typeof batchQuerySchema>

/** A row's place in the order of a query: the next window begins after it. */
export const batchCursorSchema = z.strictObject({ calm: z.number(), seq: z.int() })
export type BatchCursor = z.infer<typeof batchCursorSchema>

export const batchWindowSchema = z.strictObject({
  rows: z.array(batchFileSchema),
  /** After the last row; null where there is none. */
  end: batchCursorSchema.nullable(),
  /** Files that fit the query. */
  total: z.int(),
})
export type BatchWindow = z.infer<typeof batchWindowSchema>

/** A series that files of a batch are slices of, as the reader who asks may see it. */
export const batchSeriesSchema = caseRowSchema
  .pick({ id: true, fileName: true, description: true, state: true, label: true, confidence: true })
  .strict()
export type BatchSeries = z.infer<typeof batchSeriesSchema>

/** How many files of a batch stand where. */
export const batchTotalsSchema = z.array(
  z.strictObject({ state: z.enum(BATCH_FILE_STATES), label: calledSchema.nullable(), files: z.int() }),
)
export type BatchTotals = z.infer<typeof batchTotalsSchema>

/** What came of agreeing with many at once. */
export const agreedSchema = z.strictObject({
  agreed: z.int(),
  /** This reader has not looked at their results. */
  notOpened: z.int(),
  /** Without a result, or with somebody's verdict already. */
  notReviewable: z.int(),
})
export type Agreed = z.infer<typeof agreedSchema>

/** What came of signing many at once. */
export const signedSchema = z.strictObject({
  signed: z.int(),
  /** This reader has not looked at their results. */
  notOpened: z.int(),
  /** Without a standing verdict of this reader on the standing result, or signed already. */
  notSignable: z.int(),
})
export type Signed = z.infer<typeof signedSchema>

/** Tables of all files, and a summary to print. */
export const EXPORT_FORMATS = ['csv', 'xlsx', 'pdf'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]
