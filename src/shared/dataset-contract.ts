import { z } from 'zod'
import { CHANGE_KINDS, changeSchema, comparisonSchema, decisionsSchema } from './curation.ts'
import {
  auditFiguresSchema,
  auditStatusSchema,
  copyGroupSchema,
  GROUP_KINDS,
  shownImageSchema,
} from './dataset-audit.ts'
import { datasetEntrySchema, datasetSummarySchema, importStatusSchema, labelMapSchema } from './frozen-dataset.ts'
import { LABELS } from './labels.ts'
import { surveySchema } from './survey.ts'

const nothing = z.strictObject({})
const versionSchema = z.strictObject({ name: z.string(), version: z.int().min(1) })
const stagedIdSchema = z.uuid()
/** Where in what a browser handed over; null for the folder itself. */
const insideSchema = z.string().min(1).max(1_000).nullable().default(null)
const pageSchema = { offset: z.int().min(0).default(0), limit: z.int().min(1).max(100).default(20) }

const filesSchema = {
  path: z.string().min(1),
  patients: z.string().min(1).nullable().default(null),
  map: labelMapSchema.default({}),
}
const stagedSchema = {
  id: stagedIdSchema,
  /** A table of the images, where the folders do not say what they are. */
  table: insideSchema,
  patientTable: insideSchema,
  map: labelMapSchema.default({}),
}

/** The part of the contract that is about data sets. Looking at their pictures is for who oversees. */
export const datasetContract = {
  /** All versions of all frozen sets, by name, newest version first. */
  'datasets.list': { may: 'read', input: nothing, output: z.strictObject({ sets: z.array(datasetEntrySchema) }) },
  /** One version of a frozen set; null is the newest. */
  'datasets.get': {
    may: 'read',
    input: z.strictObject({ name: z.string(), version: z.int().min(1).nullable().default(null) }),
    output: datasetSummarySchema,
  },
  /** A few images of each class, spread over the set; their pictures lie at `data-sets/<name>/<version>/<sha256>`. */
  'datasets.samples': {
    may: 'oversee',
    input: versionSchema.extend({ perClass: z.int().min(1).max(24).default(8) }),
    output: z.record(z.enum(LABELS), z.array(shownImageSchema)),
  },
  /** Which names a folder or a table gives its classes, and what they are taken for. Offered as `datasets.import` is. */
  'datasets.survey': { may: 'administer', input: z.strictObject(filesSchema), output: surveySchema },
  /** Start freezing a folder or a table. Only shells whose user chose it by a native dialog or drop offer it. */
  'datasets.import': {
    may: 'administer',
    input: z.strictObject({ name: z.string(), ...filesSchema }),
    output: nothing,
  },
  /**
   * The same for a browser, which hands the files over: a place for them, to which each is then sent with its path.
   * `called`: what the browser calls the folder. It
   * is emptied when they were imported, by `datasets.unstage`, and at the next start.
   */
  'datasets.stage': {
    may: 'administer',
    input: z.strictObject({ called: z.string().min(1).max(500) }),
    output: z.strictObject({ id: stagedIdSchema }),
  },
  'datasets.unstage': { may: 'administer', input: z.strictObject({ id: stagedIdSchema }), output: nothing },
  'datasets.surveyStaged': { may: 'administer', input: z.strictObject(stagedSchema), output: surveySchema },
  'datasets.importStaged': {
    may: 'administer',
    input: z.strictObject({ name: z.string(), ...stagedSchema }),
    output: nothing,
  },
  /** Start freezing the cases that were signed on `since` (a day, UTC) or later. */
  'datasets.importSigned': {
    may: 'administer',
    input: z.strictObject({ name: z.string(), since: z.iso.date().nullable().default(null) }),
    output: nothing,
  },
  /** Start freezing what decisions make of a version: the next version of its name. The old one stays as it is. */
  'datasets.curate': {
    may: 'administer',
    input: versionSchema.extend({ decisions: decisionsSchema }),
    output: nothing,
  },
  /** How the import that was started last is going, or how it ended. */
  'datasets.importStatus': { may: 'read', input: nothing, output: importStatusSchema },
  'datasets.cancelImport': { may: 'administer', input: nothing, output: nothing },
  /** How the last import ended was read. */
  'datasets.dismissImport': { may: 'administer', input: nothing, output: nothing },
  /** Start looking for copies and patients on two sides of a version. */
  'datasets.audit': { may: 'administer', input: versionSchema, output: nothing },
  'datasets.auditStatus': { may: 'oversee', input: nothing, output: auditStatusSchema },
  'datasets.cancelAudit': { may: 'administer', input: nothing, output: nothing },
  /** What the last audit of a version found; null where there was none. */
  'datasets.audited': {
    may: 'oversee',
    input: versionSchema,
    output: z.strictObject({ found: auditFiguresSchema.nullable() }),
  },
  /** Its near-duplicate groups, largest first. */
  'datasets.groups': {
    may: 'oversee',
    input: versionSchema.extend({ which: z.enum(GROUP_KINDS).default('all'), ...pageSchema }),
    output: z.strictObject({ total: z.int(), groups: z.array(copyGroupSchema) }),
  },
  /** What is different in `version`, as against `with`. */
  'datasets.compare': {
    may: 'oversee',
    input: versionSchema.extend({ with: z.int().min(1), which: z.enum(CHANGE_KINDS).nullable(), ...pageSchema }),
    output: z.strictObject({ counts: comparisonSchema, total: z.int(), changes: z.array(changeSchema) }),
  },
} as const
