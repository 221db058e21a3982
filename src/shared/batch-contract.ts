import { z } from 'zod'
import {
  agreedSchema,
  batchCursorSchema,
  batchIdSchema,
  batchOptionsSchema,
  batchQuerySchema,
  batchSchema,
  batchSeriesSchema,
  batchTotalsSchema,
  batchWindowSchema,
  EXPORT_FORMATS,
  signedSchema,
} from './batches.ts'
import { caseIdSchema } from './cases.ts'
import { PASSED_OVER, passedOverSchema } from './passed-over.ts'

/** Files and folders by their paths. */
export const pathsSchema = z.array(z.string().min(1)).min(1).max(10_000)
const batchAct = {
  may: 'review',
  input: z.strictObject({ id: batchIdSchema }),
  output: batchSchema,
} as const

/** The part of the contract that is about batches. */
export const batchContract = {
  /** Classify folders and files in one go. Offered as `scans.open` is. */
  'batches.start': {
    may: 'review',
    input: z.strictObject({ paths: pathsSchema, options: batchOptionsSchema }),
    output: z.strictObject({ id: batchIdSchema }),
  },
  /** The same for a browser, which hands the files over itself: each as an upload that names the batch. */
  'batches.upload': {
    may: 'review',
    input: z.strictObject({
      name: z.string().min(1).max(500),
      options: batchOptionsSchema,
      /** What it does not hand over. */
      passedOver: z.array(passedOverSchema).max(PASSED_OVER.length).default([]),
    }),
    output: z.strictObject({ id: batchIdSchema }),
  },
  /** All of its files were handed over. */
  'batches.uploaded': { may: 'review', input: z.strictObject({ id: batchIdSchema }), output: z.strictObject({}) },
  /** Newest first; `before`: only those made earlier than that one. */
  'batches.list': {
    may: 'read',
    input: z.strictObject({
      before: batchIdSchema.nullable().default(null),
      limit: z.int().min(1).max(100).default(50),
    }),
    output: z.strictObject({ batches: z.array(batchSchema) }),
  },
  'batches.get': {
    may: 'read',
    input: z.strictObject({ id: batchIdSchema }),
    output: z.strictObject({
      batch: batchSchema,
      /** Each series is counted once, as its case stands, and not its slices. */
      totals: batchTotalsSchema,
      /** Series that files of it are slices of, how many of the files are, and the first 200 of the series. */
      series: z.strictObject({ count: z.int(), files: z.int(), cases: z.array(batchSeriesSchema) }),
    }),
  },
  /** What was passed over in looking for its files; known when it is listed. */
  'batches.passed-over': {
    may: 'read',
    input: z.strictObject({ id: batchIdSchema }),
    output: z.strictObject({ passedOver: z.array(passedOverSchema) }),
  },
  /** A window of its files: those after `after` in the query's order, `skip` of them left out. */
  'batches.files': {
    may: 'read',
    input: z.strictObject({
      id: batchIdSchema,
      query: batchQuerySchema,
      after: batchCursorSchema.nullable().default(null),
      skip: z.int().min(0).default(0),
      limit: z.int().min(1).max(200).default(100),
    }),
    output: batchWindowSchema,
  },
  'batches.pause': batchAct,
  /** Goes on with what is left. */
  'batches.resume': batchAct,
  'batches.cancel': batchAct,
  /** Goes on with what is left and tries again what has failed. */
  'batches.retry': batchAct,
  /** The reader's `agree` for many cases at once: those whose result they had on the screen. */
  'batches.agree': {
    may: 'review',
    input: z.strictObject({ cases: z.array(caseIdSchema).min(1).max(500) }),
    output: agreedSchema,
  },
  /** The reader's signature under many of their verdicts at once: those whose result they had on the screen. */
  'batches.sign': {
    may: 'review',
    input: z.strictObject({ cases: z.array(caseIdSchema).min(1).max(500) }),
    output: signedSchema,
  },
  /** Makes a table of a batch; `path`, relative to the page, gives it once. */
  'batches.export': {
    may: 'read',
    input: z.strictObject({ id: batchIdSchema, format: z.enum(EXPORT_FORMATS) }),
    output: z.strictObject({ path: z.string() }),
  },
} as const
