import { z } from 'zod'
import { caseIdSchema, failureSchema, instantSchema, sha256Schema } from './cases.ts'

/** How long the department keeps what. All off until somebody sets them. */
export const retentionRulesSchema = z.strictObject({
  /** Copies of the images of signed cases go so many months after the (last) signature; null keeps them. */
  imagesMonths: z.int().min(1).max(1_200).nullable(),
  /** Whole cases go so many years after the (last) signature; null keeps them. */
  casesYears: z.int().min(1).max(100).nullable(),
  /** Also cases that nobody ever signed, so many years after the last verdict, or after they were received. */
  unsigned: z.boolean(),
})
export type RetentionRules = z.infer<typeof retentionRulesSchema>

export const NO_RULES: RetentionRules = { imagesMonths: null, casesYears: null, unsigned: false }

export const hasRules = ({ imagesMonths, casesYears }: RetentionRules) => imagesMonths !== null || casesYears !== null

/** What an entry of the trail calls the rule by which something went. */
export const imageRule = (months: number) => `images-of-signed-cases-${months}-months`
export const caseRule = (years: number, signed: boolean) => `${signed ? 'signed' : 'unsigned'}-cases-${years}-years`

/** The rules are in force a day after they were set, so that a slip can be taken back. */
export const GRACE_MS = 24 * 60 * 60 * 1000

/** What would go of one kind. */
const shareSchema = z.strictObject({
  cases: z.int(),
  /** From when the one is that is longest due; null where there is none. */
  oldest: instantSchema.nullable(),
})

export const retentionPlanSchema = z.strictObject({
  /** Cases that go as a whole; verdicts and who did what when stay. */
  cases: shareSchema,
  /** Cases that stay and lose the copy of their image. */
  images: shareSchema,
  /** Stored files that no other case needs, and their bytes. */
  files: z.int(),
  bytes: z.int(),
  /** Due, but under a legal hold. */
  held: z.int(),
  /** Old enough as a whole, but never signed: they stay unless the rules say otherwise. */
  unsigned: z.int(),
})
export type RetentionPlan = z.infer<typeof retentionPlanSchema>

/** What a run took away, and when. */
export const retentionRunSchema = z.strictObject({
  at: instantSchema,
  cases: z.int(),
  images: z.int(),
  files: z.int(),
  bytes: z.int(),
})
export type RetentionRun = z.infer<typeof retentionRunSchema>

export const retentionStatusSchema = z.strictObject({
  rules: retentionRulesSchema,
  setAt: instantSchema.nullable(),
  /** The newest run that came to its end. */
  last: retentionRunSchema.nullable(),
  running: z.strictObject({ done: z.int(), total: z.int() }).nullable(),
  /** Why the last try did not come to its end, or was refused. */
  failure: failureSchema.nullable(),
})
export type RetentionStatus = z.infer<typeof retentionStatusSchema>

export const HOLD_SCOPES = ['case', 'patient'] as const
export type HoldScope = (typeof HOLD_SCOPES)[number]

/** A legal hold in force. */
export const holdSchema = z.strictObject({
  id: z.int(),
  caseId: caseIdSchema,
  scope: z.enum(HOLD_SCOPES),
  patientId: z.string().nullable(),
  /** Cases that it keeps now. */
  cases: z.int(),
  by: z.string(),
  at: instantSchema,
  reason: z.string(),
})
export type Hold = z.infer<typeof holdSchema>

/** What is there of a patient, or of one case. */
export const patientPreviewSchema = z.strictObject({
  patientId: z.string().nullable(),
  names: z.array(z.string()),
  /** Cases that were not erased yet, oldest first. */
  caseIds: z.array(caseIdSchema),
  from: instantSchema.nullable(),
  until: instantSchema.nullable(),
  /** Stored files that these cases have, and those of them that other cases have as well. */
  files: z.int(),
  filesShared: z.int(),
  bytes: z.int(),
  /** Of the cases: under a legal hold, still being analysed, signed. */
  held: z.int(),
  unfinished: z.int(),
  signed: z.int(),
  /** Cases that were erased before. */
  erased: z.int(),
})
export type PatientPreview = z.infer<typeof patientPreviewSchema>

export const erasedPatientSchema = z.strictObject({
  cases: z.int(),
  /** Stored files that were deleted. */
  files: z.int(),
  /** Cases that were not erased and have one of the files: it stays for them. */
  filesKeptFor: z.array(z.string()),
  /** Salt and SHA-256 of the reason, as on record. */
  reason: z.strictObject({ salt: z.string(), sha256: sha256Schema }),
  /** Entries of the audit trail of an older Gyrus that still say something in clear; they cannot be changed. */
  clearEntries: z.int(),
  /** Backups that still hold what was erased. */
  backups: z.array(z.strictObject({ path: z.string(), at: instantSchema, reachable: z.boolean() })),
  /** Frozen data sets, `name@version`, that hold one of the files. */
  datasets: z.array(z.string()),
  /** Batches whose folders may be named after the patient. */
  batches: z.array(z.string()),
})
export type ErasedPatient = z.infer<typeof erasedPatientSchema>
