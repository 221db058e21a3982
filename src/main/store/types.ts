import type { AuditEntryRow, AuditPage, AuditPlace, AuditQuery, AuditVerdict } from '../../shared/audit.ts'
import type {
  Agreed,
  Batch,
  BatchCursor,
  BatchFileState,
  BatchOptions,
  BatchOrigin,
  BatchQuery,
  BatchTotals,
  BatchWindow,
  Signed,
} from '../../shared/batches.ts'
import type { CaseDetail, CasePage, CasePlace, CaseQuery, CaseState, Source, Verdict } from '../../shared/cases.ts'
import type { DicomFacts } from '../../shared/dicom.ts'
import type { ErrorCode, ErrorDetails, Failure } from '../../shared/errors.ts'
import type { DatasetEntry } from '../../shared/frozen-dataset.ts'
import type { GateResult } from '../../shared/gate.ts'
import type { InputStatistics } from '../../shared/input-statistics.ts'
import type { JudgedCount } from '../../shared/interplay.ts'
import type { Confidences, Label, VerdictLabel } from '../../shared/labels.ts'
import type { Activation, KnownFiles } from '../../shared/models.ts'
import type { Preferences } from '../../shared/preferences.ts'
import type { Impression, ReadingSettings, SecondSettings } from '../../shared/reading.ts'
import type { ReadingCount, ReadingFilter } from '../../shared/reading-changes.ts'
import type { TimelineEntry } from '../../shared/timeline.ts'
import type { RunRecord, RunSummary, TrainingRequest } from '../../shared/training.ts'
import type { AccountReads, AccountStore } from './account-types.ts'
import type { CareReads, CareStore } from './care-types.ts'
import type { MonitoringReads, MonitoringStore } from './monitoring-types.ts'
import type { KeptObject, ObjectKind, ObjectReads, ObjectStore } from './object-types.ts'
import type { SendingReads, SendingStore } from './sending-types.ts'
import type { SourceReads, SourceStore } from './source-types.ts'

/** A file that was hashed and copied, on its way into the record. */
export interface NewCase {
  id: string
  receivedAt: string
  receivedBy: string
  source: Source
  fileName: string
  scan: { sha256: string; bytes: number }
  member?: BatchMember
  /** Who asked a machine to send it. */
  askedBy?: string
}

/** The file of a batch that a case is of; an upload joins its batch together with its case. */
export type BatchMember =
  | {
      batch: string
      seq: number
      /** The case is on record already, as failed before there was a copy of its file. */
      again: boolean
    }
  | { batch: string; upload: string }

/** A file that could not be hashed and copied: on record, and failed from the start. */
export interface NewFailedCase extends Omit<NewCase, 'scan'> {
  failure: CaseFailure
}

export interface CaseFailure {
  code: ErrorCode
  details: ErrorDetails
}

export interface NewResult {
  caseId: string
  image: { format: string; width: number; height: number }
  /** What the file says of itself; only the first result of a case keeps it. */
  dicom?: DicomFacts | null
  modelId: string
  weightsSha256: string
  preprocessingVersion: string
  engine: string
  label: Label
  confidences: Confidences
  decodeMs: number
  preprocessMs: number
  inferenceMs: number
  /** Null where they were not measured. */
  statistics?: InputStatistics | null
  /** From the model’s training images; null where it does not carry what they were like. Goes with `statistics`. */
  distance?: number | null
}

export interface NewVerdict {
  caseId: string
  reader: string
  verdict: Verdict
  label: VerdictLabel | null
  comment: string
}

/** Signs a verdict that the reader gave. */
export interface NewSignature {
  caseId: string
  /** The verdict that the reader saw when they signed. */
  verdictId: number
  reader: string
}

export interface NewAmendment extends NewVerdict {
  /** The signed verdict that the reader saw when they amended it. */
  verdictId: number
  reason: string
}

/** A third reader's verdict between two that differ. */
export interface NewAdjudication extends NewVerdict {
  /** The signed verdict that the reader saw when they decided. */
  verdictId: number
}

export interface NewImpression {
  caseId: string
  reader: string
  impression: Impression
}

export interface NewRun {
  id: string
  request: TrainingRequest
  createdBy: string
}

/** What became of a training run. */
export type RunChange = { id: string; actor: string } & (
  | { state: 'queued' | 'running' | 'interrupted' | 'cancelled' }
  | { state: 'finished'; summary: RunSummary }
  | { state: 'failed'; failure: CaseFailure }
)

/** A case that still has to be analysed. */
export interface PendingCase {
  id: string
  fileName: string
  sha256: string
}

export interface NewActivation {
  kind: Activation['kind']
  modelId: string
  files: KnownFiles
  by: string
  reason: string
  gate: GateResult
  restores: number | null
}

export interface StoredActivation {
  activation: Activation
  files: KnownFiles
}

/** What was done without changing a row of the record. */
export interface LoggedAct {
  actor: string
  act:
    | 'app.started'
    | 'app.stopped'
    | 'case.opened'
    | 'case.exported'
    | 'batch.exported'
    | 'batch.reported'
    | 'monitoring.reported'
    | 'monitoring.alarm-raised'
    | 'monitoring.alarm-ended'
    | 'case.rerun'
    | 'search.started'
    | 'search.resumed'
    | 'model.registered'
    | 'model.exported'
    | 'model.refused'
    | 'dataset.audited'
    | 'model.judged'
    | 'model.proposed'
    | 'model.withdrawn'
    | 'model.evaluated'
    | 'model.compared'
    | 'gate.changed'
    | 'gate.proposed'
    | 'gate.withdrawn'
    | 'gate.bypassed'
    | 'native-engine.install-began'
    | 'native-engine.installed'
    | 'native-engine.install-failed'
    | 'native-engine.removed'
    | 'audit.key-made'
    | 'audit.head-exported'
    | 'audit.heads-folder-set'
    | 'audit.exported'
    | 'audit.verified'
    /** A case's, batch's or model's id, or what there is only one of: `gate`, `audit`, `native-engine`, `gyrus`. */
    | 'backup.removed'
    | 'backup.verified'
    | 'record.restored'
    | 'record.encrypted'
    | 'record.decrypted'
    | 'record.key-changed'
    | 'patient.exported'
    | 'source.refused'
    | 'pacs.tested'
    | 'pacs.searched'
    | 'pacs.retrieve-began'
    | 'pacs.retrieved'
  /** A case's or model's id, or what there is only one of: `gate`, `audit`, `native-engine`, `gyrus`. */
  subject: string
  /** Of JSON values. */
  detail: object
}

export interface AuditSettings {
  /** Names this installation in its signed heads. */
  installation: string
  headsFolder: string | null
  lastHead: { at: string; sequence: number } | null
}

/** How a verification of the audit trail is followed. */
export interface VerifyFollowing {
  signal?: AbortSignal
  onProgress?(progress: { stage: string; done: number; total: number }): void
}

/** A version of a frozen set, as it stands on record. */
export interface RecordedDataset extends DatasetEntry {
  /** SHA-256 of the bytes of its `dataset.json`. */
  manifestSha256: string
}

/** A case with a signed verdict. */
export interface SignedScan {
  caseId: string
  fileName: string
  sha256: string
  /** The patient's id, else the name. */
  patient: string | null
  studyDate: string | null
  /** What the reader says it is; null where they could not tell, or named something that is none of the labels. */
  label: Label | null
}

export interface NewBatch {
  id: string
  name: string
  origin: BatchOrigin
  options: BatchOptions
  /** What was chosen: folders and files. */
  roots: string[]
  by: string
}

/** A file found for a batch, or a place where none could be had and why. */
export interface NewBatchFile {
  /** Number of what it was found at or below. */
  root: number
  path: string
  failure: CaseFailure | null
}

/** What happens to a batch as a whole. */
export type BatchChange = { id: string; actor: string } & (
  | { act: 'started' | 'resumed' | 'retried' | 'exported' }
  | { act: 'paused' | 'cancelled' | 'completed'; workedMs: number | null }
  | { act: 'interrupted'; workedMs: number | null; failure: CaseFailure | null }
)

/** A file of a batch that still has to be opened. */
export interface FileToDo {
  seq: number
  path: string
  /** What was chosen that it was found at or below; null for an upload. */
  rootPath: string | null
  /** Why there is nothing to open. */
  failure: CaseFailure | null
  /** Its case where it has failed before; `sha256` is null where no copy was made. */
  failedCase: { id: string; sha256: string | null } | null
}

/** A file that is linked to a case with a result, instead of being analysed. */
export interface SkippedFile {
  member: BatchMember
  caseId: string
}

/** A file of a batch with all that is known of it. */
export interface ExportedFile {
  seq: number
  path: string
  state: BatchFileState
  caseId: string | null
  label: Label | null
  confidences: Confidences | null
  verdict: Verdict | null
  verdictLabel: VerdictLabel | null
  reader: string | null
  failure: Failure | null
  modelId: string | null
  weightsSha256: string | null
  analysedAt: string | null
  sha256: string | null
}

/** A case of a file that was analysed before, with the model that did it. */
export interface SeenCase {
  caseId: string
  weightsSha256: string
}

/** The reader from whom answers to unread cases are kept until they recorded an impression; null where all is shown. */
export type Blind = string | null

/**
 * Who asks and may read cases: verdicts of others that wait for a second reading are kept from them. Null, as for who
 * reads none, is shown all.
 */
export type Asker = string | null

export interface ReadStore extends AccountReads, CareReads, MonitoringReads, ObjectReads, SendingReads, SourceReads {
  /** Newest first; `before`: only those made earlier than this one. */
  listBatches(before: string | null, limit: number): Promise<Batch[]>
  /** @throws GyrusError `batch-unknown` */
  getBatch(id: string): Promise<Batch>
  batchTotals(id: string, blind?: Blind): Promise<BatchTotals>
  /** Files after number `after`, in their order. */
  exportedFiles(id: string, after: number, limit: number, blind?: Blind): Promise<ExportedFile[]>
  /** Rows after `after`, and `skip` more; `reader`: for whom `opened` is told. */
  batchFiles(id: string, query: BatchQuery, place: BatchPlace, reader: string, blind?: Blind): Promise<BatchWindow>
  listCases(query: CaseQuery, offset: number, limit: number, blind?: Blind): Promise<CasePage>
  /** @throws GyrusError `case-unknown` */
  getCase(id: string, blind?: Blind, reader?: Asker): Promise<CaseDetail>
  /** @throws GyrusError `case-unknown` */
  placeOfCase(id: string, query: CaseQuery, blind?: Blind): Promise<CasePlace>
  /** What happened to a case, oldest first. @throws GyrusError `case-unknown` */
  timelineOf(id: string, reader?: Asker): Promise<TimelineEntry[]>
  /** Which cases two read, and who decides where they differ. */
  secondSettings(): Promise<SecondSettings>
  /** Whether impressions come before answers, for the department and for this reader. */
  readingSettings(reader: string): Promise<ReadingSettings>
  /** How readings changed once the answer was shown; `reader`: theirs alone. */
  readingChanges(filter: ReadingFilter, reader: string | null): Promise<ReadingCount[]>
  judgedVerdicts(filter: ReadingFilter, reader: string | null): Promise<JudgedCount[]>
  facets(): Promise<{ readers: string[]; models: string[] }>
  /** SHA-256 of the case's stored copy; null where the file never got that far. @throws GyrusError `case-unknown` */
  scanOfCase(id: string): Promise<string | null>
  /** Newest first. */
  listRuns(): Promise<RunRecord[]>
  /** @throws GyrusError `training-run-unknown` */
  getRun(id: string): Promise<RunRecord>
  /** All activations of models, oldest first. */
  activations(): Promise<StoredActivation[]>
  /** All versions of all frozen sets, by name, newest version first. */
  listDatasets(): Promise<RecordedDataset[]>
  /** Cases whose standing verdict was signed at `since` (an instant) or later, newest signature first. */
  signedScans(since: string | null): Promise<SignedScan[]>
  /** Entries of the audit trail, newest first, behind `after`. */
  listAudit(query: AuditQuery, after: AuditPlace | null, limit: number): Promise<AuditPage>
  countAudit(query: AuditQuery): Promise<number>
  /** Ids of cases and batches that end in these 8 or more hexadecimal digits. */
  idsEnding(end: string): Promise<string[]>
  auditFacets(): Promise<{ actors: string[]; acts: string[] }>
  /** One entry; null where there is none. */
  auditEntry(sequence: number): Promise<AuditEntryRow | null>
  /** The last entry; null before the first. */
  auditHead(): Promise<AuditEntryRow | null>
  auditSettings(): Promise<AuditSettings>
  /** @throws GyrusError `cancelled`, `database-corrupt` */
  verifyRecord(following: VerifyFollowing): Promise<AuditVerdict>
  /** Stored scans in the order of their hashes, behind `after`, with the entry that binds each. */
  scansAfter(after: string, limit: number): Promise<BoundScan[]>
  close(): Promise<void>
}

export interface BoundScan {
  sha256: string
  /** Null in a record of an older Gyrus. */
  sequence: number | null
}

export interface BatchPlace {
  after: BatchCursor | null
  skip: number
  limit: number
}

/**
 * The record. Each method is one transaction with its audit entries in it: all of it is there after a kill, or none.
 * Methods that take a list exist so that a busy intake shares one transaction among many cases.
 */
export interface Store
  extends ReadStore,
    AccountStore,
    CareStore,
    MonitoringStore,
    ObjectStore,
    SendingStore,
    SourceStore {
  receive(cases: NewCase[]): Promise<void>
  receiveFailed(cases: NewFailedCase[]): Promise<void>
  /** Logs results and marks their cases `analysed`. Cases that are no longer `received` are left alone. */
  complete(results: NewResult[]): Promise<void>
  /** Another model's result, which supersedes the standing one. @throws GyrusError `case-unknown`, `case-not-rerunnable` */
  addResult(result: NewResult, actor: string): Promise<void>
  /** Marks cases `failed`. Cases that are no longer `received` are left alone. */
  fail(failures: { caseId: string; failure: CaseFailure }[]): Promise<void>
  /** @throws GyrusError `case-unknown`, `case-not-reviewable`, `case-signed` */
  review(verdict: NewVerdict): Promise<void>
  /** @throws GyrusError `case-unknown`, `case-not-signable`, `verdict-not-yours`, `verdict-outdated` */
  sign(signature: NewSignature): Promise<void>
  /** @throws GyrusError `case-unknown`, `case-not-signed`, `verdict-outdated`, `second-first`, `second-disputed` */
  amend(amendment: NewAmendment): Promise<void>
  /** Puts a failed case back to `received`. @throws GyrusError `case-unknown`, `case-not-failed` */
  retry(id: string, actor: string): Promise<PendingCase>
  /** @throws GyrusError `case-unknown`, `case-not-failed` */
  dismiss(id: string, actor: string): Promise<void>
  /** Puts a model in force on record, superseding the activation before. */
  activateModel(activation: NewActivation): Promise<Activation>
  log(act: LoggedAct): Promise<void>
  setHeadsFolder(folder: string | null, actor: string): Promise<void>
  /** `installation`: the id that the record goes by from now on; null where it keeps its own. */
  logRestored(detail: object, installation: string | null, actor: string): Promise<void>
  logHead(
    head: { at: string; sequence: number; hash: string; fingerprint: string; daily: boolean },
    actor: string,
  ): Promise<void>
  addDataset(entry: RecordedDataset): Promise<void>
  isHidden(id: string, reader: string): Promise<boolean>
  /** @throws GyrusError `case-unknown`, `impression-late` */
  addImpression(impression: NewImpression): Promise<void>
  /** Has two read a case. @throws GyrusError `case-unknown`, `second-marked`, `second-not-markable` */
  markForSecond(caseId: string, reader: string): Promise<void>
  /** @throws GyrusError `case-unknown`, `second-not-open`, `second-same-reader`, `second-reader-saw` */
  readSecond(reading: NewVerdict): Promise<void>
  /**
   * @throws GyrusError `case-unknown`, `adjudication-not-open`, `adjudicator-involved`, `adjudicator-not-named`,
   *   `verdict-outdated`
   */
  adjudicate(adjudication: NewAdjudication): Promise<void>
  setSecondSettings(settings: SecondSettings, actor: string): Promise<void>
  /** `reader`: for whom; null is the whole department. */
  setImpressionFirst(reader: string | null, on: boolean, actor: string): Promise<void>
  /** Cases that were received and neither analysed nor failed: what a kill left over. Oldest first. */
  pendingCases(): Promise<PendingCase[]>
  /** @throws GyrusError `training-run-exists` */
  addRun(run: NewRun): Promise<void>
  /** @throws GyrusError `training-run-unknown` */
  changeRun(change: RunChange): Promise<void>
  /** @throws GyrusError `preferences-unreadable` */
  preferencesOf(reader: string): Promise<Preferences>
  setPreferences(reader: string, chosen: Preferences): Promise<void>
  addBatch(batch: NewBatch): Promise<void>
  /** Roots from number `first` on, in their order. */
  batchRoots(batch: string, first: number, limit: number): Promise<{ root: number; path: string }[]>
  /** Adds files that are not in the batch yet. */
  addBatchFiles(batch: string, files: NewBatchFile[]): Promise<void>
  /** All files are known; `passedOver` others were there. */
  batchListed(batch: string, passedOver: number): Promise<void>
  /** A batch's new state, with its audit entry. @throws GyrusError `batch-unknown`, `batch-state` */
  changeBatch(change: BatchChange): Promise<Batch>
  /** Queued batches, the oldest first. */
  queuedBatches(): Promise<string[]>
  /** Marks what was running when Gyrus ended. Returns their ids. */
  interruptBatches(): Promise<string[]>
  /** Interrupted batches that have nothing left to do, and none that something kept from going on. */
  throughBatches(): Promise<string[]>
  /** Files still to be opened, after number `after`, in their order. */
  filesToDo(batch: string, after: number, limit: number): Promise<FileToDo[]>
  /** Cases of this file that have a result, newest first. */
  seenCases(sha256: string): Promise<SeenCase[]>
  skipFiles(files: SkippedFile[]): Promise<void>
  /** Agrees with those cases whose result this reader has looked at. */
  agreeWith(caseIds: string[], reader: string, blind?: Blind): Promise<Agreed>
  /** Signs this reader's standing verdicts on those cases whose result they have looked at. */
  signAll(caseIds: string[], reader: string): Promise<Signed>
  /** @throws GyrusError `case-unknown` */
  logView(caseId: string, reader: string): Promise<void>
}

export type * from './account-types.ts'
export type * from './care-types.ts'
export type * from './monitoring-types.ts'
export type * from './sending-types.ts'
export type * from './source-types.ts'
export type { CaseState, KeptObject, ObjectKind }
