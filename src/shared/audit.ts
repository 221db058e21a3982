import { z } from 'zod'
import { failureSchema, instantSchema, sha256Schema } from './cases.ts'

/** Which entries of the audit trail. Empty lists and '' mean "any". */
export const auditQuerySchema = z.strictObject({
  actors: z.array(z.string().max(200)).max(50).default([]),
  acts: z.array(z.string().max(100)).max(100).default([]),
  /** What it was done to, as a whole: a case's id, a model's, a set's `name@version`. */
  subject: z.string().trim().max(200).default(''),
  /** On or after / before, UTC. */
  from: instantSchema.nullable().default(null),
  until: instantSchema.nullable().default(null),
  /** Only this entry and those next to it. */
  near: z.int().min(1).nullable().default(null),
})
export type AuditQuery = z.infer<typeof auditQuerySchema>

/** In the place of an entry's detail, for a reader from whom a verdict is kept until the second reading of its case. */
export const WITHHELD_DETAIL = '{"withheld":"second-reading"}'

export const auditEntrySchema = z.strictObject({
  /** Place in the chain, from 1 without gaps. */
  sequence: z.int(),
  at: instantSchema,
  /** A reader's name, or `gyrus` for what the system does by itself. */
  actor: z.string(),
  act: z.string(),
  subject: z.string(),
  /** Canonical JSON, of which the hash is; or `WITHHELD_DETAIL`. */
  detail: z.string(),
  previousHash: sha256Schema,
  hash: sha256Schema,
})
export type AuditEntryRow = z.infer<typeof auditEntrySchema>

/** Where a page of entries ends: the next one begins behind it. */
export const auditPlaceSchema = z.strictObject({ at: instantSchema, sequence: z.int() })
export type AuditPlace = z.infer<typeof auditPlaceSchema>

export const auditPageSchema = z.strictObject({
  /** Newest first. */
  entries: z.array(auditEntrySchema),
  /** Null on the last page. */
  next: auditPlaceSchema.nullable(),
})
export type AuditPage = z.infer<typeof auditPageSchema>

/** What can be wrong with the record, by the audit trail. */
export const BREAK_KINDS = [
  'hash',
  'gap',
  'malformed',
  'row-altered',
  'row-missing',
  'row-extra',
  'copy-differs',
  'index-differs',
  'search-differs',
  'count-differs',
  'database-damaged',
  'file-altered',
  'file-missing',
  'head-truncated',
  'head-replaced',
  'head-forged',
  'head-foreign',
] as const
export type BreakKind = (typeof BREAK_KINDS)[number]
export const isBreakKind = (kind: string): kind is BreakKind => BREAK_KINDS.some((one) => one === kind)

export const auditBreakSchema = z.strictObject({
  kind: z.enum(BREAK_KINDS),
  /** The entry at which it shows; null where no entry tells of it. */
  sequence: z.int().nullable(),
  act: z.string().nullable(),
  subject: z.string().nullable(),
  /** The row (`results/17`) or file that it is about. */
  what: z.string().nullable(),
})
export type AuditBreak = z.infer<typeof auditBreakSchema>

export const auditVerdictSchema = z.strictObject({
  /** The first thing that is wrong; null where all is sound. */
  broken: auditBreakSchema.nullable(),
  /** Entries that were looked at. */
  entries: z.int(),
  /** Rows that entries bind and that are what they were. */
  rows: z.int(),
  /** Stored scans that were read again; null where that was not asked for. */
  files: z.int().nullable(),
  /** Signed heads that the chain was held against. */
  heads: z.int(),
  /** How often the clock of this machine had been set back. */
  clockSetBack: z.int(),
  /** The last entry that was looked at. */
  head: z.strictObject({ sequence: z.int(), hash: sha256Schema, at: instantSchema }).nullable(),
})
export type AuditVerdict = z.infer<typeof auditVerdictSchema>

export const BREAK_SENTENCES: Record<BreakKind, string> = {
  hash: 'The entry is not what was written: its hash does not fit.',
  gap: 'Entries are missing here.',
  malformed: 'The entry cannot be read.',
  'row-altered': 'What the entry tells of was changed afterwards.',
  'row-missing': 'What the entry tells of is missing.',
  'row-extra': 'There is something on record that no entry tells of.',
  'copy-differs': 'What a batch shows of a file is not what its case says.',
  'index-differs': 'An index of the database, through which lists are read, is not what its rows say.',
  'search-differs': 'The search does not know a case as it is on record.',
  'count-differs': 'A number that is kept for lists is not the number of what is on record.',
  'database-damaged': 'The database file is damaged.',
  'file-altered': 'The stored copy of the scan was changed.',
  'file-missing': 'The stored copy of the scan is missing.',
  'head-truncated': 'The trail is shorter than it was when this head was signed: entries at its end are missing.',
  'head-replaced': 'The trail is not the one that this head was signed for: it was replaced or written anew.',
  'head-forged': 'The signature of this head does not fit.',
  'head-foreign': 'This head was signed by another installation.',
}

/** One sentence on what is wrong. */
export const breakSentence = (kind: BreakKind): string => BREAK_SENTENCES[kind]

export const AUDIT_FORMATS = ['csv', 'json', 'atna'] as const
export type AuditFormat = (typeof AUDIT_FORMATS)[number]

export const verifyStatusSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('idle') }),
  z.strictObject({
    state: z.literal('running'),
    stage: z.string(),
    done: z.int(),
    total: z.int(),
    secondsLeft: z.number().nullable(),
  }),
  z.strictObject({ state: z.literal('done'), at: instantSchema, verdict: auditVerdictSchema }),
  z.strictObject({ state: z.literal('failed'), failure: failureSchema }),
])
export type VerifyStatus = z.infer<typeof verifyStatusSchema>

/** How signed heads leave this installation. */
export const headsStatusSchema = z.strictObject({
  /** Names this installation in its heads. */
  installation: z.string(),
  /** SHA-256 of the public key; null before the first head was signed. */
  fingerprint: sha256Schema.nullable(),
  /** Where a signed head goes every day; null where nothing was chosen. */
  folder: z.string().nullable(),
  /** The newest one that went there. */
  last: z.strictObject({ at: instantSchema, sequence: z.int() }).nullable(),
  /** Why the last attempt came to nothing. */
  failure: failureSchema.nullable(),
})
export type HeadsStatus = z.infer<typeof headsStatusSchema>

/** The last entry of the chain, signed. A chain that does not contain it is not the one it was signed for. */
export const signedHeadSchema = z.strictObject({
  format: z.literal('gyrus-audit-head-1'),
  installation: z.string(),
  sequence: z.int().min(1),
  hash: sha256Schema,
  /** When it was signed. */
  at: instantSchema,
  /** Ed25519, SPKI as base64. */
  publicKey: z.string(),
  /** Over the canonical JSON of all that stands above, base64. */
  signature: z.string(),
})
export type SignedHead = z.infer<typeof signedHeadSchema>
