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

export const backupStatusSchema = z.strictObject({
  ...backupSettingsSchema.shape,
  running: z.strictObject({ stage: z.string(), done: z.int(), total: z.int() }).nullable(),
  /** Why the last try did not come to its end. */
  failure: failureSchema.nullable(),
})
export type BackupStatus = z.infer<typeof backupStatusSchema>
