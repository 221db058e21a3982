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
import { datasetEntrySchema, datasetSummarySchema, importStatusSchema, labelMapSchema } from './frozen-dataset.ts'
import { gateSchema } from './gate.ts'
import { BANNER } from './labels.ts'
import { cardSchema, modelIdSchema } from './model.ts'
import { activationOutcomeSchema, activationSchema, modelDetailSchema, modelRowSchema } from './models.ts'
import { nativeEngineSchema } from './native-engine.ts'
import { preferencesSchema } from './preferences.ts'
import { IMPRESSIONS, readingSettingsSchema } from './reading.ts'
import { reportFileSchema, reportOptionsSchema } from './report.ts'
import { retentionContract } from './retention-contract.ts'
import { secondContract } from './second-contract.ts'
import { rerunSchema, timelineEntrySchema } from './timeline.ts'
import {
  epochSchema,
  recipeSchema,
  runRecordSchema,
  trainingProgressSchema,
  trainingRequestSchema,
} from './training.ts'
import { LABEL_UNFIT, labelFits, verdictInput } from './verdict-input.ts'

const runIdSchema = z.strictObject({ id: z.string().min(1).max(100) })
const reasonSchema = z.string().trim().max(2_000)

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
  /** All models that there are here, with their cards. */
  'models.list': { may: 'read', input: z.strictObject({}), output: z.array(modelRowSchema) },
  /** One model; all its files are read, so that an altered one is told. */
  'models.get': { may: 'read', input: z.strictObject({ id: modelIdSchema }), output: modelDetailSchema },
  /** Which model was in force when, and why; newest first. */
  'models.activations': { may: 'read', input: z.strictObject({}), output: z.array(activationSchema) },
  /** What a model must show before it may be used. */
  'models.gate': { may: 'read', input: z.strictObject({}), output: gateSchema },
  /** Changes what is asked, or takes the reference set away; another one has to be locked, not just named. */
  'models.set-gate': { may: 'administer', input: z.strictObject({ gate: gateSchema }), output: z.strictObject({}) },
  /** Judges a model, which can take minutes, and puts it in force if it passes. */
  'models.activate': {
    may: 'administer',
    input: z.strictObject({
      id: modelIdSchema,
      reason: reasonSchema,
      withoutReference: reasonSchema.min(1).nullable().default(null),
    }),
    output: activationOutcomeSchema,
  },
  /** Puts the model before in force again. */
  'models.rollback': {
    may: 'administer',
    input: z.strictObject({ reason: reasonSchema }),
    output: activationOutcomeSchema,
  },
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
  /** What can be trained. */
  'training.recipes': {
    may: 'read',
    input: z.strictObject({}),
    output: z.strictObject({ recipes: z.array(recipeSchema) }),
  },
  /**
   * Puts a training into the queue; events of type `run` tell how it comes along. It names files by their paths: only
   * shells whose user chose them by a native dialog or drop offer it.
   */
  'training.start': { may: 'administer', input: trainingRequestSchema, output: z.strictObject({ id: z.string() }) },
  /** All runs, newest first. */
  'training.list': {
    may: 'read',
    input: z.strictObject({}),
    output: z.strictObject({ runs: z.array(runRecordSchema) }),
  },
  'training.get': {
    may: 'read',
    input: runIdSchema,
    output: z.strictObject({
      run: runRecordSchema,
      /** While it is queued or runs here. */
      live: z.strictObject({ progress: trainingProgressSchema.nullable(), epochs: z.array(epochSchema) }).nullable(),
    }),
  },
  /** Ends a run after its step; its last epoch is kept. */
  'training.cancel': { may: 'administer', input: runIdSchema, output: z.strictObject({}) },
  /** Goes on with a run that was cancelled, interrupted or failed. */
  'training.resume': { may: 'administer', input: runIdSchema, output: z.strictObject({}) },
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
  /** All versions of all frozen sets, by name, newest version first. */
  'datasets.list': {
    may: 'read',
    input: z.strictObject({}),
    output: z.strictObject({ sets: z.array(datasetEntrySchema) }),
  },
  /** One version of a frozen set; null is the newest. */
  'datasets.get': {
    may: 'read',
    input: z.strictObject({ name: z.string(), version: z.int().min(1).nullable().default(null) }),
    output: datasetSummarySchema,
  },
  /** Start freezing a folder or a table. Only shells whose user chose it by a native dialog or drop offer it. */
  'datasets.import': {
    may: 'administer',
    input: z.strictObject({
      name: z.string(),
      path: z.string().min(1),
      patients: z.string().min(1).nullable().default(null),
      map: labelMapSchema.default({}),
    }),
    output: z.strictObject({}),
  },
  /** Start freezing the cases that were signed on `since` (a day, UTC) or later. */
  'datasets.importSigned': {
    may: 'administer',
    input: z.strictObject({ name: z.string(), since: z.iso.date().nullable().default(null) }),
    output: z.strictObject({}),
  },
  /** How the import that was started last is going, or how it ended. */
  'datasets.importStatus': { may: 'read', input: z.strictObject({}), output: importStatusSchema },
  'datasets.cancelImport': { may: 'administer', input: z.strictObject({}), output: z.strictObject({}) },
  ...auditContract,
  ...backupContract,
  ...retentionContract,
  /** The reader's own keys and mouse buttons on this machine. */
  'preferences.get': { may: 'own', input: z.strictObject({}), output: preferencesSchema },
  'preferences.set': { may: 'own', input: preferencesSchema, output: z.strictObject({}) },
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
  z.strictObject({ type: z.literal('models') }),
  z.strictObject({ type: z.literal('dataset-import') }),
  z.strictObject({ type: z.literal('preferences') }),
  z.strictObject({ type: z.literal('reading') }),
  z.strictObject({ type: z.literal('audit') }),
  z.strictObject({ type: z.literal('audit-verify') }),
  z.strictObject({ type: z.literal('backup') }),
  z.strictObject({ type: z.literal('retention') }),
  /** Somebody signed in or out, or may do something else now. */
  z.strictObject({ type: z.literal('session') }),
  z.strictObject({ type: z.literal('accounts') }),
  z.strictObject({ type: z.literal('batch'), id: batchIdSchema }),
])
export type GyrusEvent = z.infer<typeof eventSchema>

/** Describes the bytes of `images/<case id>/pixels`: row-major, interleaved, little-endian. */
export const pixelsHeaderSchema = z.strictObject({
  width: z.int(),
  height: z.int(),
  channels: z.union([z.literal(1), z.literal(3)]),
  bitsPerSample: z.union([z.literal(8), z.literal(16)]),
  /** Window in stored values at which to open: 2nd and 98th percentile. */
  window: z.strictObject({ low: z.number(), high: z.number() }),
})
export type PixelsHeader = z.infer<typeof pixelsHeaderSchema>
/** The response header that carries it as JSON. */
export const PIXELS_HEADER = 'x-gyrus-pixels'
