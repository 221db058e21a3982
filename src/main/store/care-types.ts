import type { BackupSettings } from '../../shared/backup.ts'

/** What stands on record of the reason of an erasure, hex. */
export interface SaltedReason {
  salt: string
  sha256: string
}

/** What is asked to be erased. */
export interface Erasure {
  caseIds: string[]
  by: string
  /** See care/reason.ts. */
  reason: SaltedReason
}

export interface Erased {
  /** Scans that no case needs any more. */
  scans: string[]
  /** Entries from before entries bound rows that still say something of what was erased. */
  clearEntries: number
}

/** All that the record says of one case, as it stands there. */
export interface Dossier {
  case: Record<string, unknown>
  scan: Record<string, unknown> | null
  results: object[]
  verdicts: object[]
  signatures: object[]
  impressions: object[]
  failures: object[]
  views: object[]
  /** Files of batches that are this case. */
  files: object[]
  erased: object | null
  /** Entries of the audit trail, oldest first. */
  timeline: { seq: number; at: string; actor: string; act: string; detail: string }[]
}

/** A backup that was made and, as far as the record knows, is there. */
export interface KnownBackup {
  path: string
  at: string
}

export interface CareReads {
  /** Ids of a patient's cases, erased ones too, oldest first. */
  casesOfPatient(patientId: string): Promise<string[]>
  /** @throws GyrusError `case-unknown` */
  dossier(caseId: string): Promise<Dossier>
  /** Cases that were erased, among these. */
  erasedAmong(caseIds: string[]): Promise<string[]>
  /** Cases that are not erased and have the same file as one of these, without these. */
  sharingScan(caseIds: string[]): Promise<string[]>
  /** Names of batches that these cases are in. */
  batchesOf(caseIds: string[]): Promise<string[]>
  /** Scans of which no copy may be kept: all their cases were erased. */
  erasedScans(): Promise<string[]>
  /** Backups made at `since` or later, oldest first. */
  backupsSince(since: string): Promise<KnownBackup[]>
  backupSettings(): Promise<BackupSettings>
}

export interface CareStore {
  /** @throws GyrusError `case-unknown`, `case-erased`, `erase-unfinished` */
  erase(erasure: Erasure): Promise<Erased>
  setBackups(settings: Pick<BackupSettings, 'folder' | 'daily' | 'weekly'>, by: string): Promise<void>
  /** Logs a backup that is whole and in its place. */
  logBackup(made: { path: string; at: string; detail: object; daily: boolean }, by: string): Promise<void>
}

export interface CopyFollowing {
  signal?: AbortSignal
  onProgress?(progress: { stage: string; done: number; total: number }): void
}
