import type { BackupSettings } from '../../shared/backup.ts'
import type { Hold, HoldScope, RetentionRules, RetentionRun } from '../../shared/retention.ts'
import type { ClockJump } from './clock.ts'

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
  /** The rule of retention by which it is erased; undefined where somebody asked for it. */
  rule?: string
}

/** What goes by a rule of retention. */
export interface RuleRemoval {
  caseIds: string[]
  by: string
  /** As it is named in the trail. */
  rule: string
}

/** A case as the rules of retention look at it. */
export interface Dated {
  id: string
  /** From when its age counts. */
  at: string
  signed: boolean
  held: boolean
  /** Its stored file; null where no copy is kept of it any more. */
  sha256: string | null
}

/** The same as it is read: what it is dated by is a row that an entry of the trail binds. */
export interface CaseShape {
  id: string
  sha256: string | null
  signed: 0 | 1
  /** Whether its image went by a rule. */
  removed: 0 | 1
  at: string
  kind: 'signatures' | 'verdicts' | 'cases'
  key: string
}

export interface RetentionSettings {
  rules: RetentionRules
  setAt: string | null
  last: RetentionRun | null
  /** The entry up to which the trail's times were found sound, or were confirmed. */
  clockSeq: number
}

export interface NewHold {
  caseId: string
  scope: HoldScope
  by: string
  reason: string
}

/** What is known of a backup from the trail. */
export interface LoggedBackup extends KnownBackup {
  daily: boolean
  entries: number
  scans: number
  /** Scans that were lost before it was made. */
  lost: number
  /** How its newest verification ended; null where there was none since it was made. */
  verified: { at: string; sound: boolean; reason: string | null } | null
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
  /** That two were to read it. */
  marks: object[]
  secondReadings: object[]
  adjudications: object[]
  failures: object[]
  views: object[]
  /** Files of batches that are this case. */
  files: object[]
  /** What its DICOM file says of itself. */
  dicom: object | null
  /** DICOM objects that were made of it. */
  dicomObjects: object[]
  sendings: object[]
  experiments: object[]
  /** Null where its file was not made by editing. */
  editedFrom: object | null
  /** What it comes to, where it is a series. */
  series: object | null
  /** Where it lies, as a slice of one. */
  slice: object | null
  /** What similar cases are found by. */
  vectors: object[]
  /** What was measured of the brain region, with each answer. */
  regions: object[]
  erased: object | null
  imageRemoved: object | null
  holds: object[]
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
  /** Scans of which no copy may be kept: all their cases were erased, or have lost their image by a rule. */
  erasedScans(): Promise<string[]>
  /** Scans of which a copy is kept, and their bytes. */
  countScans(): Promise<{ scans: number; bytes: number }>
  /** Cases that a legal hold keeps, among these. */
  heldAmong(caseIds: string[]): Promise<string[]>
  /** Legal holds in force, newest first. */
  listHolds(): Promise<Hold[]>
  datedCases(place: { before: string; after: string; limit: number }): Promise<Dated[]>
  needsOf(sha256: string): Promise<{ bytes: number; caseIds: string[] }>
  /** When and by which rule the case's image was removed; null where it was not. */
  imageRemoval(caseId: string): Promise<{ at: string; rule: string } | null>
  retentionSettings(): Promise<RetentionSettings>
  /** Where the clock went on too far to be believed, behind entry `since`. */
  findJump(since: number, now: string): Promise<ClockJump | null>
  /** All backups that are there as far as the record knows, newest first. */
  loggedBackups(): Promise<LoggedBackup[]>
  /** When the first case came; null where there is none. */
  firstReceived(): Promise<string | null>
  /** Backups made at `since` or later, oldest first. */
  backupsSince(since: string): Promise<KnownBackup[]>
  backupSettings(): Promise<BackupSettings>
}

export interface CareStore {
  /** @throws GyrusError `case-unknown`, `case-erased`, `case-held`, `erase-unfinished` */
  erase(erasure: Erasure): Promise<Erased>
  /** @throws GyrusError `case-unknown`, `case-erased`, `case-held` */
  removeImages(removal: RuleRemoval): Promise<{ scans: string[] }>
  /** @throws GyrusError `case-unknown`, `case-erased`, `patient-unknown` for one without an ID */
  placeHold(hold: NewHold): Promise<void>
  /** @throws GyrusError `hold-unknown` */
  liftHold(lift: { id: number; by: string; reason: string }): Promise<void>
  setRetention(rules: RetentionRules, by: string): Promise<void>
  logRetention(run: RetentionRun, by: string): Promise<void>
  confirmClock(jump: ClockJump, by: string): Promise<void>
  setBackups(settings: Pick<BackupSettings, 'folder' | 'daily' | 'weekly'>, by: string): Promise<void>
  /** Logs a backup that is whole and in its place. */
  logBackup(made: { path: string; at: string; detail: object; daily: boolean }, by: string): Promise<void>
}

export interface CopyFollowing {
  signal?: AbortSignal
  onProgress?(progress: { stage: string; done: number; total: number }): void
}
