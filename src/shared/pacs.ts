import { z } from 'zod'
import { failureSchema } from './cases.ts'
import { certificatesSchema } from './certificates.ts'
import { sourceRuleSchema } from './source-rule.ts'
import { aeTitleSchema } from './sources.ts'

/** PS3.5 9.1, with leading zeros let through, as senders have them. */
export const uidSchema = z
  .string()
  .max(64)
  .regex(/^\d+(\.\d+)*$/, 'A UID has digits and dots, 64 at most.')

/**
 * What is looked at of the other end's certificate: that somebody trusted signed it and that it is for this host; only
 * the first, as DICOM toolkits do it; or nothing, which hides the data from listeners and not from a forged PACS.
 */
export const TLS_CHECKS = ['host', 'chain', 'nothing'] as const

const tlsSchema = z.strictObject({
  on: z.boolean(),
  check: z.enum(TLS_CHECKS),
  /** Who has to have signed the other end's certificate; '': those that this system trusts. */
  ca: certificatesSchema,
  /** Our own, for a PACS that asks for one; its key is the connection's secret. '' for none. */
  certificate: certificatesSchema,
})
export type PacsTls = z.infer<typeof tlsSchema>

/** Part of the trail's actor `pacs:<name>`. */
const nameSchema = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u, 'A name has up to 40 letters, digits, spaces, dots and dashes.')

const common = {
  name: nameSchema,
  on: z.boolean(),
  /** Without a sign of the PACS, s: archives may have to fetch things from afar. */
  waitSeconds: z.int().min(5).max(1_800),
  /** What is taken of a whole study, and what becomes of it; the usual one where it is not there. */
  rule: sourceRuleSchema.exactOptional(),
}

export const dimseSettingsSchema = z.strictObject({
  ...common,
  kind: z.literal('dimse'),
  /** Name or IP address. */
  host: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9:._-]{1,253}$/, 'A host name or an IP address is needed.'),
  port: z.int().min(1).max(65_535),
  calledAe: aeTitleSchema,
  callingAe: aeTitleSchema,
  /** `move`: it sends to the DICOM listener here, which has to be on and to know it as a peer. */
  retrieveBy: z.enum(['get', 'move']),
  tls: tlsSchema,
})
export type DimseSettings = z.infer<typeof dimseSettingsSchema>

/** What is secret stands elsewhere, and paths are put behind it. */
function isRoot(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null
  return url !== null && ![url.username, url.password, url.search, url.hash].some(Boolean) && !/[?#]/.test(address)
}

export const webSettingsSchema = z.strictObject({
  ...common,
  kind: z.literal('dicomweb'),
  /** Root of its services, e.g. https://pacs/dicom-web. */
  url: z
    .url({ protocol: /^https?$/, error: 'An address that begins with http:// or https:// is needed.' })
    .max(2_000)
    .refine(isRoot, 'The address has neither user nor password in it, and nothing behind ? or #.'),
  /** The password or token is the connection's secret. */
  auth: z.enum(['none', 'basic', 'bearer']),
  /** For `basic`. */
  user: z.string().max(200),
  /** Who has to have signed its certificate; '': those that this system trusts. */
  ca: certificatesSchema,
})
export type WebSettings = z.infer<typeof webSettingsSchema>

/** A connection to a PACS, as it is set. What is secret of it is kept apart and never told. */
export const pacsSettingsSchema = z.discriminatedUnion('kind', [dimseSettingsSchema, webSettingsSchema])
export type PacsSettings = z.infer<typeof pacsSettingsSchema>
export type Pacs = PacsSettings & { id: string }

/** Password, token or private key in PEM form. */
export const pacsSecretSchema = z
  .string()
  .min(1)
  .max(64 * 1024)

/** As the pages see it. */
export const knownPacsSchema = z.strictObject({
  id: z.uuid(),
  settings: pacsSettingsSchema,
  /** Whether a secret is kept for it. */
  hasSecret: z.boolean(),
})
export type KnownPacs = z.infer<typeof knownPacsSchema>

/** Services that the other end says it has for us. */
export const PACS_SERVICES = ['find', 'get', 'move', 'store'] as const
export const pacsTestSchema = z.strictObject({
  milliseconds: z.number(),
  services: z.array(z.enum(PACS_SERVICES)),
})
export type PacsTest = z.infer<typeof pacsTestSchema>

const dateSchema = z.union([z.iso.date(), z.literal('')])
/** No wildcards beyond * and ?, no backslash, which would make it two values. */
const keySchema = z
  .string()
  .trim()
  .max(64)
  .regex(/^[^\\\p{Cc}]*$/u, 'No backslash, and no control characters.')

/** What to look for; '' stands for anything. `*` and `?` are wildcards in names, numbers and descriptions. */
export const studyQuerySchema = z.strictObject({
  patientName: keySchema.default(''),
  patientId: keySchema.default(''),
  accessionNumber: keySchema.default(''),
  /** Both days are in it. */
  studyDateFrom: dateSchema.default(''),
  studyDateTo: dateSchema.default(''),
  modality: z
    .string()
    .trim()
    .regex(/^[A-Z0-9_]{0,16}$/)
    .default('MR'),
  description: keySchema.default(''),
})
export type StudyQuery = z.output<typeof studyQuerySchema>

/** Studies that are told of at most; the page says that there are more. */
export const MAX_STUDIES = 500
export const MAX_SERIES = 2_000
export const MAX_IMAGES = 20_000

const told = z.string().max(1_000)
/** Decoded by its character set, without control characters; '' where the PACS does not say. */
export const foundStudySchema = z.strictObject({
  studyUid: uidSchema,
  /** For a reader: “Doe, Jane”, as cases have it. */
  patientName: told,
  patientId: told,
  /** YYYY-MM-DD, or ''. */
  patientBirthDate: dateSchema,
  patientSex: told,
  accessionNumber: told,
  studyDate: dateSchema,
  /** HH:MM, or ''. */
  studyTime: told,
  description: told,
  modalities: z.array(told).max(32),
  /** Null where the PACS does not say. */
  series: z.int().min(0).nullable(),
  images: z.int().min(0).nullable(),
})
export type FoundStudy = z.infer<typeof foundStudySchema>

export const foundSeriesSchema = z.strictObject({
  seriesUid: uidSchema,
  number: z.int().nullable(),
  modality: told,
  description: told,
  bodyPart: told,
  protocol: told,
  images: z.int().min(0).nullable(),
})
export type FoundSeries = z.infer<typeof foundSeriesSchema>

export const foundImageSchema = z.strictObject({
  instanceUid: uidSchema,
  /** '' where the PACS does not say. */
  classUid: z.union([uidSchema, z.literal('')]),
  number: z.int().nullable(),
})
export type FoundImage = z.infer<typeof foundImageSchema>

export const studiesFoundSchema = z.strictObject({
  studies: z.array(foundStudySchema).max(MAX_STUDIES),
  /** The PACS has more; a narrower search finds them. */
  more: z.boolean(),
})
export type StudiesFound = z.infer<typeof studiesFoundSchema>

/** One study, or one series of it. */
export const retrieveSchema = z.strictObject({
  pacs: z.uuid(),
  studyUid: uidSchema,
  seriesUid: uidSchema.nullable(),
})

export const RETRIEVAL_STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const

export const retrievalSchema = z.strictObject({
  id: z.uuid(),
  pacs: z.uuid(),
  pacsName: z.string(),
  studyUid: uidSchema,
  seriesUid: uidSchema.nullable(),
  /** As it was found last; null where it was asked for without. */
  study: foundStudySchema.nullable(),
  series: foundSeriesSchema.nullable(),
  by: z.string(),
  state: z.enum(RETRIEVAL_STATES),
  /** New cases. */
  received: z.int(),
  /** On record already. */
  known: z.int(),
  /** Not taken: no images, or of another kind than a whole study is retrieved for. */
  passed: z.int(),
  /** Objects that the PACS could not send, or that could not be kept. */
  failed: z.int(),
  /** All that are to come; null where the PACS does not say. */
  total: z.int().nullable(),
  /** Where it failed as a whole, or where some of it did. */
  failure: failureSchema.nullable(),
})
export type Retrieval = z.infer<typeof retrievalSchema>
