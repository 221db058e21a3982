import type { CaseDetail, CasePage, CasePlace, CaseQuery, CaseState, Source, Verdict } from '../../shared/cases.ts'
import type { ErrorCode, ErrorDetails } from '../../shared/errors.ts'
import type { DatasetEntry } from '../../shared/frozen-dataset.ts'
import type { GateResult } from '../../shared/gate.ts'
import type { Confidences, Label, VerdictLabel } from '../../shared/labels.ts'
import type { Activation, KnownFiles } from '../../shared/models.ts'
import type { Preferences } from '../../shared/preferences.ts'
import type { Paper } from '../../shared/report.ts'
import type { RunRecord, RunSummary, TrainingRequest } from '../../shared/training.ts'

/** A file that was hashed and copied, on its way into the record. */
export interface NewCase {
  id: string
  receivedAt: string
  receivedBy: string
  source: Source
  fileName: string
  scan: { sha256: string; bytes: number }
}

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
  modelId: string
  weightsSha256: string
  preprocessingVersion: string
  engine: string
  label: Label
  confidences: Confidences
  decodeMs: number
  preprocessMs: number
  inferenceMs: number
}

export interface NewVerdict {
  caseId: string
  reader: string
  verdict: Verdict
  label: VerdictLabel | null
  comment: string
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

/** What was done with a model, or with what is asked of models, without putting one in force. */
export interface ModelAct {
  actor: string
  act: 'model.registered' | 'model.refused' | 'gate.changed'
  /** The model's id, or `gate`. */
  subject: string
  detail: object
}

/** Something of the record that was given out as a file. */
export interface Export {
  actor: string
  act: 'case.exported' | 'batch.exported'
  /** The case's or the batch's id. */
  subject: string
  detail: ExportDetail
}

export interface ExportDetail {
  what: 'report'
  paper: Paper
  pages: number
  /** Of the file. */
  bytes: number
  sha256: string
  /** Whom it was given to, and by which way. */
  to: string
}

/** An entry's place in the audit chain. */
export interface AuditPlace {
  seq: number
  at: string
  act: string
  hash: string
}

/** A version of a frozen set, as it stands on record. */
export interface RecordedDataset extends DatasetEntry {
  /** SHA-256 of the bytes of its `dataset.json`. */
  manifestSha256: string
}

/** A case with a reader's verdict. */
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

export interface ReadStore {
  listCases(query: CaseQuery, offset: number, limit: number): Promise<CasePage>
  /** @throws GyrusError `case-unknown` */
  getCase(id: string): Promise<CaseDetail>
  /** @throws GyrusError `case-unknown` */
  placeOfCase(id: string, query: CaseQuery): Promise<CasePlace>
  facets(): Promise<{ readers: string[]; models: string[] }>
  /** The newest audit entry about a case or whatever else has an id; null where there is none. */
  lastAuditOf(subject: string): Promise<AuditPlace | null>
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
  /** Cases whose standing verdict is of `since` (an instant) or later, newest verdict first; never failed ones. */
  signedScans(since: string | null): Promise<SignedScan[]>
  close(): Promise<void>
}

/**
 * The record. Each method is one transaction with its audit entries in it: all of it is there after a kill, or none.
 * Methods that take a list exist so that a busy intake shares one transaction among many cases.
 */
export interface Store extends ReadStore {
  receive(cases: NewCase[]): Promise<void>
  receiveFailed(cases: NewFailedCase[]): Promise<void>
  /** Logs results and marks their cases `analysed`. Cases that are no longer `received` are left alone. */
  complete(results: NewResult[]): Promise<void>
  /** Marks cases `failed`. Cases that are no longer `received` are left alone. */
  fail(failures: { caseId: string; failure: CaseFailure }[]): Promise<void>
  /** @throws GyrusError `case-unknown`, `case-not-reviewable` */
  review(verdict: NewVerdict): Promise<void>
  /** Puts a failed case back to `received`. @throws GyrusError `case-unknown`, `case-not-failed` */
  retry(id: string, actor: string): Promise<PendingCase>
  /** @throws GyrusError `case-unknown`, `case-not-failed` */
  dismiss(id: string, actor: string): Promise<void>
  /** Puts a model in force on record, superseding the activation before. */
  activateModel(activation: NewActivation): Promise<Activation>
  logModelAct(act: ModelAct): Promise<void>
  /** Logs that something was given out; to be called before it is. */
  logExport(given: Export): Promise<void>
  addDataset(entry: RecordedDataset): Promise<void>
  /** Cases that were received and neither analysed nor failed: what a kill left over. Oldest first. */
  pendingCases(): Promise<PendingCase[]>
  /** @throws GyrusError `training-run-exists` */
  addRun(run: NewRun): Promise<void>
  /** @throws GyrusError `training-run-unknown` */
  changeRun(change: RunChange): Promise<void>
  /** @throws GyrusError `preferences-unreadable` */
  preferencesOf(reader: string): Promise<Preferences>
  setPreferences(reader: string, chosen: Preferences): Promise<void>
}

export type { CaseState }
