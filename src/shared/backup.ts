import { z } from 'zod'
import { failureSchema, instantSchema, sha256Schema } from './cases.ts'

/** How many backups of the newest days, and of the newest weeks, are kept. */
export const keptSchema = z.int().min(1).max(1_000)

export const backupSettingsSchema = z.strictObject({
  /** Where Gyrus makes a backup every day; null for nowhere. */
  folder: z.string().nullable(),
  daily: keptSchema,
  weekly: z.int().min(0).max(1_000),
  /** The newest one, of the schedule or not. */
  last: z.strictObject({ path: z.string(), at: instantSchema }).nullable(),
})
export type BackupSettings = z.infer<typeof backupSettingsSchema>

export const backupFileSchema = z.strictObject({
  /** In the data folder, with `/` between its parts. */
  path: z.string(),
  bytes: z.int().min(0),
  sha256: sha256Schema,
})
export type BackupFile = z.infer<typeof backupFileSchema>

/** What a backup is made of. Its scans are those that its database names. */
export const backupManifestSchema = z.strictObject({
  format: z.literal('gyrus-backup-1'),
  gyrus: z.string(),
  installation: z.string(),
  /** Where the data folder lay, as a hash; not there in backups of an older Gyrus. */
  place: sha256Schema.optional(),
  at: instantSchema,
  /** Of the key that it is encrypted with (`keys.json` beside it); not there where it is in clear. */
  keyId: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
  database: z.strictObject({ bytes: z.int(), sha256: sha256Schema }),
  /** The last entry of its audit trail; null where it has none. */
  head: z.strictObject({ sequence: z.int(), hash: sha256Schema }).nullable(),
  entries: z.int(),
  scans: z.int(),
  scanBytes: z.int(),
  /** Scans that were missing or altered in the data folder already, by their hashes. */
  lostScans: z.array(sha256Schema),
  files: z.array(backupFileSchema),
})
export type BackupManifest = z.infer<typeof backupManifestSchema>

export const madeBackupSchema = z.strictObject({
  path: z.string(),
  at: instantSchema,
  entries: z.int(),
  scans: z.int(),
  /** Scans and files that were not in the backup folder yet. */
  copied: z.int(),
  /** Scans that were missing or altered in the data folder. */
  lostScans: z.array(sha256Schema),
  /** Older backups that the rule took away. */
  removed: z.array(z.string()),
})
export type MadeBackup = z.infer<typeof madeBackupSchema>

/** What an administrator has to be told unasked; null where all is well. */
export const BACKUP_WARNINGS = ['failed', 'unsound', 'gone', 'late', 'old', 'never'] as const
export type BackupWarning = (typeof BACKUP_WARNINGS)[number]

/** How much of the database was looked at before it was opened: a large one in part, a new one not at all. */
export const DATABASE_LOOKS = ['whole', 'part', 'none'] as const
export type DatabaseLook = (typeof DATABASE_LOOKS)[number]

export const databaseCheckSchema = z.strictObject({ at: instantSchema, look: z.enum(DATABASE_LOOKS) })
export type DatabaseCheck = z.infer<typeof databaseCheckSchema>

export const backupStatusSchema = z.strictObject({
  ...backupSettingsSchema.shape,
  /** A backup that is being made or verified now. */
  running: z
    .strictObject({
      what: z.enum(['backup', 'verify']),
      stage: z.string(),
      done: z.int(),
      total: z.int(),
      /** To the end of this stage. */
      secondsLeft: z.number().nullable(),
    })
    .nullable(),
  /** Why the last try did not come to its end. */
  failure: failureSchema.nullable(),
  /** Why the last verification did not come to a result. */
  verifyFailure: failureSchema.nullable(),
  warning: z.enum(BACKUP_WARNINGS).nullable(),
  /** The record lies in a department's database, which is backed up by its own means. */
  department: z.boolean(),
  /** At the last start. A damaged database does not let Gyrus start. */
  database: databaseCheckSchema,
  /** What to write on a command line to have one made every day. */
  command: z.string(),
  /** Whether the record is encrypted, and what to write to have it encrypted, or to look after its keys. */
  encrypted: z.boolean(),
  encryptCommand: z.string(),
})
export type BackupStatus = z.infer<typeof backupStatusSchema>

/** A backup that the record knows of. */
export const backupRowSchema = z.strictObject({
  path: z.string(),
  at: instantSchema,
  daily: z.boolean(),
  scans: z.int(),
  lost: z.int(),
  /** Whether its folder is in reach now. */
  reachable: z.boolean(),
  /** Of all that it needs, with what it shares with others; null where it is not in reach. */
  bytes: z.int().nullable(),
  /** The newest verification since it was made, and what was wrong. */
  verified: z.strictObject({ at: instantSchema, sound: z.boolean(), reason: z.string().nullable() }).nullable(),
  /** What to write on a command line to make a data folder of it. */
  restore: z.string(),
})
export type BackupRow = z.infer<typeof backupRowSchema>

const DAY_MS = 86_400_000
/** A daily backup is late after two days; one made by hand is old after a week. */
const LATE_MS = 2 * DAY_MS
const OLD_MS = 7 * DAY_MS

interface Standing {
  folder: string | null
  last: { at: string } | null
  /** Whether the last try failed. */
  failed: boolean
  /** What the newest verification of the newest backup found. */
  sound: boolean
  /** The newest backup is not where it was made, although the rest there is. */
  gone: boolean
}

/** @param since when the first case came, null where there is none: there is nothing to lose yet */
export function backupWarning(
  { folder, last, failed, sound, gone }: Standing,
  since: string | null,
  now: number,
): BackupWarning | null {
  if (failed) return 'failed'
  if (!sound) return 'unsound'
  if (gone) return 'gone'
  if (since === null) return null
  if (last === null) return 'never'
  const age = now - Date.parse(last.at)
  if (folder !== null) return age > LATE_MS ? 'late' : null
  return age > OLD_MS ? 'old' : null
}
