import { z } from 'zod'
import { failureSchema, instantSchema, labelSchema, sha256Schema } from './cases.ts'
import { decisionsSchema } from './curation.ts'
import { SPLIT_NAMES } from './dataset.ts'

/** Names that the data folder or Windows uses for something else. */
const RESERVED = /^(files|con|prn|aux|nul|com\d|lpt\d)(\.|$)/

/** Also a folder's name, on file systems that do not tell capital from small letters. */
export const datasetNameSchema = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+([._-][a-z0-9]+)*$/)
  .refine((name) => !RESERVED.test(name))
const versionSchema = z.int().min(1)

/** `NAME` or `NAME@VERSION`; null where the text can be neither. A version of null is the newest one. */
export function parseSetName(text: string): { name: string; version: number | null } | null {
  const [, name, version] = /^([^@]+)(?:@([1-9]\d{0,5}))?$/.exec(text) ?? []
  if (!datasetNameSchema.safeParse(name).success) return null
  return { name: name as string, version: version === undefined ? null : Number(version) }
}

export const labelMapSchema = z.record(z.string(), z.union([labelSchema, z.literal('skip')]))

/** Where a frozen set came from. */
export const datasetOriginSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    /** A folder, a table, or another frozen set. */
    kind: z.literal('files'),
    /** Where they lay on the machine that imported them. */
    path: z.string(),
    patients: z.string().nullable(),
    map: labelMapSchema,
  }),
  z.strictObject({
    /** Cases with a reader's verdict. */
    kind: z.literal('signed'),
    /** Only verdicts of this day (UTC) and later. */
    since: z.iso.date().nullable(),
    /** Scans left out because the reader could not tell. */
    cannotTell: z.int(),
    /** Cases left out because a later verdict on the very same scan stands. */
    superseded: z.int(),
  }),
  z.strictObject({
    /** Files that a browser handed over. */
    kind: z.literal('browser'),
    /** What the browser called the folder. */
    folder: z.string(),
    /** Tables in it: of the images, and of their patients. */
    table: z.string().nullable(),
    patients: z.string().nullable(),
    map: labelMapSchema,
  }),
  z.strictObject({
    /** Another version of the same name, with decisions on its images. */
    kind: z.literal('curated'),
    version: versionSchema,
    contentSha256: sha256Schema,
    /** Images that were left out, and those that were put on another side. */
    dropped: z.int(),
    moved: z.int(),
    /** Those that are of another patient since; left out by a Gyrus that could not merge. */
    merged: z.exactOptional(z.int()),
  }),
])
export type DatasetOrigin = z.infer<typeof datasetOriginSchema>

const classCountSchema = z.strictObject({
  images: z.int(),
  training: z.int(),
  validation: z.int(),
  testing: z.int(),
})
/** Images of each class, and how many of them the set itself puts on each side. */
export const classCountsSchema = z.strictObject({
  glioma: classCountSchema,
  meningioma: classCountSchema,
  notumor: classCountSchema,
  pituitary: classCountSchema,
})

export const frozenImageSchema = z.strictObject({
  /** Path in the set that was imported, with slashes. A name only: never open by it. */
  file: z.string(),
  sha256: sha256Schema,
  label: labelSchema,
  patient: z.string().nullable(),
  date: z.iso.date().nullable(),
  /** Patient-disjoint fold, from 0. */
  fold: z.int().min(0).nullable(),
  split: z.enum(SPLIT_NAMES).nullable(),
  /** As decoded, px. */
  width: z.int(),
  height: z.int(),
})
export type FrozenImage = z.infer<typeof frozenImageSchema>

/** What is in a frozen set; the same whoever imports it, when and under whatever name. */
export const frozenContentSchema = z.strictObject({
  /** SHA-256 over the lines `<sha256 of the file>  <path>` of `images`, sorted by path: what the audit says of the set. */
  sha256: sha256Schema,
  /**
   * SHA-256 over the lines `[path,sha256,class,patient,date,fold,split]`, each a JSON array, of `images`, sorted by path:
   * also covers what the images are said to be.
   */
  contentSha256: sha256Schema,
  perClass: classCountsSchema,
  /** Known patients, and those of them with images of two classes and more: worth a look, but possible. */
  patients: z.int(),
  patientsInTwoClasses: z.array(z.string()),
  /** Most frequent first. */
  sizes: z.array(z.strictObject({ width: z.int(), height: z.int(), images: z.int() })),
  /** Files that could not be read and are no part of the set. */
  unreadable: z.array(z.strictObject({ file: z.string(), failure: failureSchema })),
  /** Sorted by path. */
  images: z.array(frozenImageSchema),
})
export type FrozenContent = z.infer<typeof frozenContentSchema>

/** `dataset.json`: one version of a frozen set. Written once, never changed. */
export const datasetManifestSchema = z.strictObject({
  format: z.literal(1),
  name: datasetNameSchema,
  version: versionSchema,
  importedAt: instantSchema,
  importedBy: z.string(),
  origin: datasetOriginSchema,
  /** Of a curated version: what was done with the images of the one before. */
  decisions: decisionsSchema.optional(),
  ...frozenContentSchema.shape,
})
export type DatasetManifest = z.infer<typeof datasetManifestSchema>

/** One version of a frozen set, as the record lists it. */
export const datasetEntrySchema = z.strictObject({
  name: datasetNameSchema,
  version: versionSchema,
  sha256: sha256Schema,
  contentSha256: sha256Schema,
  importedAt: instantSchema,
  importedBy: z.string(),
  origin: datasetOriginSchema,
  images: z.int(),
  unreadable: z.int(),
  perClass: classCountsSchema,
})
export type DatasetEntry = z.infer<typeof datasetEntrySchema>

/** What a frozen set is, without its images. */
export const datasetSummarySchema = datasetManifestSchema.omit({ format: true, images: true, decisions: true }).extend({
  images: z.int(),
  /** What stands in the way of training. */
  problems: z.array(failureSchema),
  /** Where its `dataset.json` lies. */
  path: z.string(),
})
export type DatasetSummary = z.infer<typeof datasetSummarySchema>

/** How an import is going; one runs at a time. */
export const importStatusSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('idle') }),
  z.strictObject({
    state: z.literal('running'),
    name: datasetNameSchema,
    done: z.int(),
    /** 0 while the files are not counted yet. */
    total: z.int(),
    secondsLeft: z.number().nullable(),
  }),
  /** `created` is false where a version with the very same content was there already: it is that one. */
  z.strictObject({ state: z.literal('done'), name: datasetNameSchema, version: versionSchema, created: z.boolean() }),
  z.strictObject({ state: z.literal('failed'), name: datasetNameSchema, failure: failureSchema }),
])
export type ImportStatus = z.infer<typeof importStatusSchema>
