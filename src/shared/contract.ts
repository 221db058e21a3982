import { z } from 'zod'
import { accountContract } from './account-contract.ts'
import type { Right } from './accounts.ts'
import { auditContract } from './audit-contract.ts'
import { backupContract } from './backup-contract.ts'
import { batchContract, pathsSchema } from './batch-contract.ts'
import { batchIdSchema } from './batches.ts'
import {
  caseDetailSchema,
  caseIdSchema,
  casePageSchema,
  casePlaceSchema,
  caseQuerySchema,
  failureSchema,
} from './cases.ts'
import { datasetContract } from './dataset-contract.ts'
import { departmentContract } from './department.ts'
import { explainContract } from './explain-contract.ts'
import { frameContract } from './frame-contract.ts'
import { BANNER } from './labels.ts'
import { languageContract } from './language-contract.ts'
import { cardSchema } from './model.ts'
import { modelContract } from './model-contract.ts'
import { monitoringContract } from './monitoring-contract.ts'
import { nativeEngineSchema } from './native-engine.ts'
import { objectsContract } from './objects-contract.ts'
import { pacsContract } from './pacs-contract.ts'
import { planeSchema } from './plane.ts'
import { preferencesSchema } from './preferences.ts'
import { providersSchema } from './providers.ts'
import { IMPRESSIONS, readingSettingsSchema } from './reading.ts'
import { regionContract } from './region-contract.ts'
import { reportFileSchema, reportOptionsSchema } from './report.ts'
import { retentionContract } from './retention-contract.ts'
import { searchContract } from './search-contract.ts'
import { secondContract } from './second-contract.ts'
import { sendingContract } from './sending-contract.ts'
import { seriesContract } from './series-contract.ts'
import { similarContract } from './similar-contract.ts'
import { sourceContract } from './source-contract.ts'
import { rerunSchema, timelineEntrySchema } from './timeline.ts'
import { trainingContract } from './training-contract.ts'
import { urgencyContract } from './urgency-contract.ts'
import { LABEL_UNFIT, labelFits, verdictInput } from './verdict-input.ts'
import { whatIfContract } from './what-if-contract.ts'

/**
 * Every request that a page can make. A request starts here as one entry; each shell binds all entries the same way:
 * check the sender, then in the core: whether who is signed in `may`, parse `input`, do it, parse `output`. Failures cross
 * as `Failure` (errors.ts).
 */
export const contract = {
  /** What this installation is and whether it can read. */
  'app.info': {
    may: 'anyone',
    input: z.strictObject({}),
    output: z.strictObject({
      version: z.string(),
      banner: z.literal(BANNER),
      shell: z.enum(['electron', 'loopback']),
      /** Who is signed in here. */
      reader: z.string().nullable(),
      /** Host and name of the department's database; null where the record is this workstation's own. */
      database: z.string().nullable(),
      /** Where this record went by a move that left it behind; null where it is the one that is gone on with. */
      gone: z.strictObject({ at: z.string(), place: z.string() }).nullable(),
      /** Sample scans shipped with Gyrus; 0 where the folder is missing. */
      samples: z.int(),
      /** Extensions that the engine decodes, with the dot. */
      extensions: z.array(z.string()),
    }),
  },
  /** State of the engine process and of the model in it. */
  'engine.status': {
    may: 'read',
    input: z.strictObject({}),
    output: z.strictObject({
      state: z.enum(['starting', 'ready', 'restarting', 'failed']),
      /** Times that it had to be started again since Gyrus started. */
      restarts: z.int(),
      /** Why it cannot read, e.g. `model-altered`. */
      failure: failureSchema.nullable(),
      provider: z.string().nullable(),
      model: cardSchema.nullable(),
    }),
  },
  'cases.list': {
    may: 'read',
    input: z.strictObject({
      query: caseQuerySchema,
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: casePageSchema,
  },
  'cases.get': { may: 'read', input: z.strictObject({ id: caseIdSchema }), output: caseDetailSchema },
  /** The case's neighbours in the order of the work list. */
  'cases.place': {
    may: 'read',
    input: z.strictObject({ id: caseIdSchema, query: caseQuerySchema }),
    output: casePlaceSchema,
  },
  /** Values that the filters can offer. */
  'cases.facets': {
    may: 'read',
    input: z.strictObject({}),
    output: z.strictObject({ readers: z.array(z.string()), models: z.array(z.string()) }),
  },
  /** The reader's verdict on the standing result, a draft until signed; a later one supersedes it, and it stays on record. */
  'cases.review': {
    may: 'review',
    input: z.strictObject({ id: caseIdSchema, ...verdictInput }).refine(labelFits, LABEL_UNFIT),
    output: caseDetailSchema,
  },
  /** The case as a PDF for printing and filing. That it was made, and for whom, goes into the audit record. */
  'cases.report': {
    may: 'read',
    input: reportOptionsSchema.extend({ id: caseIdSchema }),
    output: reportFileSchema,
  },
  /** The reader signs the verdict that they gave and that stands. `verdict`: the one on the screen. */
  'cases.sign': {
    may: 'review',
    input: z.strictObject({ id: caseIdSchema, verdict: z.int() }),
    output: caseDetailSchema,
  },
  /** Another verdict in the place of a signed one, signed with it. `amends`: the one on the screen. */
  'cases.amend': {
    may: 'review',
    input: z
      .strictObject({ id: caseIdSchema, amends: z.int(), reason: z.string().trim().min(1).max(2_000), ...verdictInput })
      .refine(labelFits, LABEL_UNFIT),
    output: caseDetailSchema,
  },
  /** What the reader thinks of an unread case whose answer is kept from them; gives the case with the answer. */
  'cases.impression': {
    may: 'review',
    input: z.strictObject({ id: caseIdSchema, impression: z.enum(IMPRESSIONS) }),
    output: caseDetailSchema,
  },
  ...secondContract,
  ...urgencyContract,
  ...seriesContract,
  ...explainContract,
  ...regionContract,
  ...frameContract,
  ...similarContract,
  ...whatIfContract,
  ...objectsContract,
  ...sendingContract,
  /** Whether an impression comes before the answer, for the department and by the reader's own choice. */
  'reading.get': { may: 'own', input: z.strictObject({}), output: readingSettingsSchema },
  'reading.set': { may: 'own', input: z.strictObject({ on: z.boolean() }), output: z.strictObject({}) },
  'reading.set-department': {
    may: 'administer',
    input: z.strictObject({ on: z.boolean() }),
    output: z.strictObject({}),
  },
  /** The reader has the case, with its result where it has one, on the screen; that is kept. */
  'cases.opened': { may: 'review', input: z.strictObject({ id: caseIdSchema }), output: z.strictObject({}) },
  /** Analyse a failed case again from its stored copy. */
  'cases.retry': { may: 'review', input: z.strictObject({ id: caseIdSchema }), output: z.strictObject({}) },
  /** Analyse cases that are only listed, with the series that they are of. `queued`: how many those are. */
  'cases.classify': {
    may: 'review',
    input: z.strictObject({ ids: z.array(caseIdSchema).min(1).max(500) }),
    output: z.strictObject({ queued: z.int() }),
  },
  /** What happened to a case, oldest first. */
  'cases.timeline': {
    may: 'read',
    input: z.strictObject({ id: caseIdSchema }),
    output: z.strictObject({ entries: z.array(timelineEntrySchema) }),
  },
  /** The stored scan through the model of its standing result again; logged, and no new result. */
  'cases.rerun': { may: 'review', input: z.strictObject({ id: caseIdSchema }), output: rerunSchema },
  /** The stored scan through the model in force, whose answer supersedes the one that stands. */
  'cases.rerun-active': { may: 'review', input: z.strictObject({ id: caseIdSchema }), output: caseDetailSchema },
  /** Take a failed case off the work list; it stays on record. */
  'cases.dismiss': { may: 'review', input: z.strictObject({ id: caseIdSchema }), output: z.strictObject({}) },
  /** Open the sample scans. */
  'samples.open': { may: 'review', input: z.strictObject({}), output: z.strictObject({ files: z.int() }) },
  /**
   * Open files and folders by path: a single file as a case, more as a batch. Only shells whose user chose them by a
   * native dialog or drop offer it.
   */
  'scans.open': {
    may: 'review',
    input: z.strictObject({ paths: pathsSchema }),
    output: z.strictObject({ batch: batchIdSchema.nullable() }),
  },
  ...batchContract,
  ...modelContract,
  /** How far the opening of scans is; counts start again when the queue has run empty. */
  'intake.status': {
    may: 'read',
    input: z.strictObject({}),
    output: z.strictObject({
      total: z.int(),
      done: z.int(),
      failed: z.int(),
      /** Not yet finished. */
      remaining: z.int(),
      imagesPerSecond: z.number().nullable(),
      secondsLeft: z.number().nullable(),
      /** Files that could not even be put on record (say, a full disk); the newest 20 since the queue was last empty. */
      problems: z.array(z.strictObject({ fileName: z.string(), failure: failureSchema })),
    }),
  },
  /** Drop what is waiting and was not yet received; what was received is finished. */
  /** Drops what was not begun, and ends the reader's batches whose files a browser hands over. */
  'intake.cancel': { may: 'review', input: z.strictObject({}), output: z.strictObject({ dropped: z.int() }) },
  ...trainingContract,
  ...searchContract,
  /** The native engine, which trains whole networks. */
  'nativeEngine.get': { may: 'read', input: z.strictObject({}), output: nativeEngineSchema },
  /** Begins an installation, or goes on with one; events of type `native-engine` tell how it comes along. */
  'nativeEngine.install': { may: 'administer', input: z.strictObject({}), output: z.strictObject({}) },
  'nativeEngine.cancel': { may: 'administer', input: z.strictObject({}), output: z.strictObject({}) },
  'nativeEngine.remove': {
    may: 'administer',
    input: z.strictObject({}),
    output: z.strictObject({ freedBytes: z.int() }),
  },
  /** What can run the model on this machine, which of it does, how quick each is, and why one is not used. */
  'providers.get': { may: 'oversee', input: z.strictObject({}), output: providersSchema },
  /** Begins to try and measure each, beside reading; events of type `providers` tell how it comes along. */
  'providers.measure': { may: 'administer', input: z.strictObject({}), output: z.strictObject({}) },
  'providers.cancel': { may: 'administer', input: z.strictObject({}), output: z.strictObject({}) },
  ...departmentContract,
  ...datasetContract,
  ...auditContract,
  ...backupContract,
  ...retentionContract,
  ...monitoringContract,
  ...sourceContract,
  ...pacsContract,
  /** The reader's own keys and mouse buttons on this machine. */
  'preferences.get': { may: 'own', input: z.strictObject({}), output: preferencesSchema },
  'preferences.set': { may: 'own', input: preferencesSchema, output: z.strictObject({}) },
  ...languageContract,
  ...accountContract,
} as const satisfies Record<string, { may: Right; input: z.ZodType; output: z.ZodType }>

export type Contract = typeof contract
export type RequestName = keyof Contract
export type RequestInput<N extends RequestName> = z.input<Contract[N]['input']>
export type ParsedInput<N extends RequestName> = z.output<Contract[N]['input']>
export type RequestOutput<N extends RequestName> = z.output<Contract[N]['output']>

/** Only ids come up: the page asks again for what it shows. */
export const eventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('case'), id: caseIdSchema }),
  z.strictObject({ type: z.literal('intake') }),
  z.strictObject({ type: z.literal('engine') }),
  z.strictObject({ type: z.literal('run'), id: z.string() }),
  z.strictObject({ type: z.literal('native-engine') }),
  z.strictObject({ type: z.literal('providers') }),
  z.strictObject({ type: z.literal('models') }),
  z.strictObject({ type: z.literal('model-work') }),
  z.strictObject({ type: z.literal('dataset-import') }),
  z.strictObject({ type: z.literal('dataset-audit') }),
  z.strictObject({ type: z.literal('preferences') }),
  z.strictObject({ type: z.literal('reading') }),
  z.strictObject({ type: z.literal('audit') }),
  z.strictObject({ type: z.literal('audit-verify') }),
  z.strictObject({ type: z.literal('backup') }),
  z.strictObject({ type: z.literal('retention') }),
  z.strictObject({ type: z.literal('monitoring') }),
  z.strictObject({ type: z.literal('sources') }),
  z.strictObject({ type: z.literal('pacs') }),
  z.strictObject({ type: z.literal('sendings') }),
  /** Somebody signed in or out, or may do something else now. */
  z.strictObject({ type: z.literal('session') }),
  z.strictObject({ type: z.literal('accounts') }),
  z.strictObject({ type: z.literal('outbox') }),
  z.strictObject({ type: z.literal('batch'), id: batchIdSchema }),
])
export type GyrusEvent = z.infer<typeof eventSchema>

/** Describes the bytes of `images/<case id>/pixels`: row-major, interleaved, little-endian. */
export const pixelsHeaderSchema = z.strictObject({
  width: z.int(),
  height: z.int(),
  channels: z.union([z.literal(1), z.literal(3)]),
  bitsPerSample: z.union([z.literal(8), z.literal(16)]),
  /** Window in stored values at which to open: that of the file, else 2nd and 98th percentile. */
  window: z.strictObject({ low: z.number(), high: z.number() }),
  /** `value × slope + intercept` is what was measured; null where values are only greys. */
  scale: z.strictObject({ slope: z.number(), intercept: z.number() }).nullable(),
  /** Height and width of a pixel; where the unit is null only their proportion is known. Null: square, of no known size. */
  pixel: z.strictObject({ height: z.number(), width: z.number(), unit: z.literal('mm').nullable() }).nullable(),
  /** How the picture lies in the patient; null where the file does not say. */
  plane: planeSchema.nullable(),
})
export type PixelsHeader = z.infer<typeof pixelsHeaderSchema>
/** The response header that carries it as JSON. */
export const PIXELS_HEADER = 'x-gyrus-pixels'
