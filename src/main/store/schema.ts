import type { Generated, Insertable, Selectable } from 'kysely'
import type { Role } from '../../shared/accounts.ts'
import type { BatchFileState, BatchOrigin, BatchState } from '../../shared/batches.ts'
import type { CaseState, SignatureKind, Source, Verdict } from '../../shared/cases.ts'
import type { Statistic } from '../../shared/input-statistics.ts'
import type { Label, VerdictLabel } from '../../shared/labels.ts'
import type { Impression, MarkReason, SecondState } from '../../shared/reading.ts'
import type { HoldScope } from '../../shared/retention.ts'
import type { RunState } from '../../shared/training.ts'
import type { DicomTables } from './dicom-schema.ts'
import type { SourceTables } from './source-schema.ts'

/**
 * Instants are UTC text, ISO 8601 with milliseconds, so that text order is time order in every dialect.
 * Columns that the work list sorts by are never null ('' and −1 stand for "none"): keyset paging compares
 * `(column, id)` pairs, which null would break.
 */
export interface Database extends SourceTables, DicomTables {
  scans: ScansTable
  cases: CasesTable
  results: ResultsTable
  verdicts: VerdictsTable
  failures: FailuresTable
  audit: AuditTable
  audit_bindings: AuditBindingsTable
  audit_settings: AuditSettingsTable
  training_runs: TrainingRunsTable
  model_activations: ModelActivationsTable
  datasets: DatasetsTable
  preferences: PreferencesTable
  accounts: AccountsTable
  account_tokens: AccountTokensTable
  account_settings: AccountSettingsTable
  batches: BatchesTable
  batch_roots: BatchRootsTable
  batch_files: BatchFilesTable
  case_views: CaseViewsTable
  erasures: ErasuresTable
  backup_settings: BackupSettingsTable
  image_removals: ImageRemovalsTable
  legal_holds: LegalHoldsTable
  retention_settings: RetentionSettingsTable
  signatures: SignaturesTable
  impressions: ImpressionsTable
  reading_settings: ReadingSettingsTable
  case_counts: CaseCountsTable
  case_texts: CaseTextsTable
  second_marks: SecondMarksTable
  second_readings: SecondReadingsTable
  adjudications: AdjudicationsTable
  second_settings: SecondSettingsTable
  monitoring_settings: MonitoringSettingsTable
  machine_samples: MachineSamplesTable
  input_statistics: InputStatisticsTable
}

/** One file, whoever opened it how often. */
interface ScansTable {
  sha256: string
  bytes: number
  format: string | null
  width: number | null
  height: number | null
  stored_at: string
}

export interface CasesTable {
  id: string
  scan_sha256: string | null
  received_at: string
  received_by: string
  source: Source
  file_name: string
  patient_name: string
  patient_id: string
  study_date: string
  description: string
  state: CaseState
  error_code: string | null
  error_details: string | null
  /** Copies of the standing result and verdict, for the work list. */
  result_id: number | null
  label: Label | ''
  confidence: number
  model_id: string
  verdict_id: number | null
  /** `withheld` while a second reader has to read without it; its label is '' then. */
  verdict: Verdict | 'withheld' | ''
  verdict_label: VerdictLabel | ''
  reader: string
  dismissed_at: string | null
  /** What the second reading comes to (second-state.ts). */
  second: Generated<SecondState | ''>
}

/** Append-only. */
interface ResultsTable {
  id: Generated<number>
  case_id: string
  supersedes: number | null
  model_id: string
  weights_sha256: string
  preprocessing_version: string
  engine: string
  label: Label
  p_glioma: number
  p_meningioma: number
  p_notumor: number
  p_pituitary: number
  decode_ms: number
  preprocess_ms: number
  inference_ms: number
  created_at: string
}

/** Append-only. */
interface VerdictsTable {
  id: Generated<number>
  case_id: string
  result_id: number
  supersedes: number | null
  reader: string
  verdict: Verdict
  label: VerdictLabel | null
  comment: string
  created_at: string
}

/** Append-only. */
interface FailuresTable {
  id: Generated<number>
  case_id: string
  code: string
  /** JSON: `ErrorDetails`. */
  details: string | null
  created_at: string
}

/** Append-only, chained: `hash` = SHA-256 over the entry and the hash before it. */
export interface AuditTable {
  seq: number
  at: string
  actor: string
  act: string
  subject: string
  /** Canonical JSON: keys sorted, no white space. */
  detail: string
  previous_hash: string
  hash: string
}

/** Which entry binds a row. An erasure takes the salt away with what it erases. */
interface AuditBindingsTable {
  /** A `BoundKind`. */
  kind: string
  key: string
  /** Of the digest that stands in the entry. */
  salt: string
  seq: number
}

interface AuditSettingsTable {
  name: 'installation' | 'heads-folder' | 'heads-last'
  value: string
}

/** A run's way is in the audit chain; this is where it stands. */
export interface TrainingRunsTable {
  id: string
  recipe: string
  state: RunState
  /** JSON, see shared/training.ts. */
  request: string
  summary: string | null
  error_code: string | null
  error_details: string | null
  created_at: string
  created_by: string
  changed_at: string
}

/** Append-only. */
interface ModelActivationsTable {
  id: Generated<number>
  kind: 'activation' | 'rollback'
  model_id: string
  weights_sha256: string
  /** Null for shipped models: a new Gyrus may describe the same weights anew. */
  manifest_sha256: string | null
  card_sha256: string | null
  activated_by: string
  activated_at: string
  reason: string
  /** `GateResult` as JSON. */
  gate: string
  supersedes: number | null
  restores: number | null
}

/** Append-only. A version of a frozen set that has no row here does not exist, whatever lies in the data folder. */
export interface DatasetsTable {
  name: string
  version: number
  sha256: string
  content_sha256: string
  /** Of the bytes of its `dataset.json`. */
  manifest_sha256: string
  imported_at: string
  imported_by: string
  /** JSON: `DatasetOrigin`. */
  origin: string
  images: number
  unreadable: number
  /** JSON: `ClassCounts`. */
  per_class: string
}

/** One row a reader: JSON as in shared/preferences.ts. */
interface PreferencesTable {
  reader: string
  value: string
  changed_at: string
}

/** Never deleted, and never renamed (triggers). */
export interface AccountsTable {
  name: string
  /** As `nameKey` makes it: unique. */
  name_key: string
  full_name: string
  role: Role
  /** Argon2id in PHC form. */
  password: string
  must_change: 0 | 1
  active: 0 | 1
  /** Failed tries in a row. */
  failures: number
  /** Of the last one, ms since 1970. */
  failed_at: number
  created_at: string
  created_by: string
  changed_at: string
  signed_in_at: string | null
}

/** Tokens with which programs act for an account; only their hashes. Never deleted. */
interface AccountTokensTable extends Refusals {
  id: string
  account: string
  sha256: string
  purpose: string
  created_at: string
  created_by: string
  expires_at: string
  revoked_at: string | null
}

/** How often in a row a token was refused, so that not every try is an entry; ms since 1970. */
interface Refusals {
  refusals: Generated<number>
  refused_at: Generated<number>
  /** Not on record since. */
  unlogged: Generated<number>
}

/** One row, once something was set. The refusals are those of tokens that nobody has. */
interface AccountSettingsTable extends Refusals {
  id: number
  lock_minutes: number
  /** Tries with names that are not there. */
  strangers: number
}

/** A batch's way is in the audit chain; this is where it stands. */
export interface BatchesTable {
  id: string
  name: string
  origin: BatchOrigin
  /** JSON: `BatchOptions`. */
  options: string
  state: BatchState
  created_at: string
  created_by: string
  changed_at: string
  /** 1 when all files are known. */
  listed: Generated<number>
  passed_over: Generated<number>
  /** Time that it ran, without pauses. */
  worked_ms: Generated<number>
  /** Counted by triggers as its files move. */
  files: Generated<number>
  analysed: Generated<number>
  failed: Generated<number>
  skipped: Generated<number>
  error_code: string | null
  error_details: string | null
}

interface BatchRootsTable {
  batch_id: string
  root: number
  path: string
}

/** `state` follows that of the case by a trigger. */
export interface BatchFilesTable {
  batch_id: string
  /** From 1, in the order in which they were found. */
  seq: number
  root: number
  path: string
  state: BatchFileState
  /** Its own case, or the one that a skipped file is linked to. */
  case_id: string | null
  /** Copies of the result, for sorting. */
  label: Generated<Label | ''>
  confidence: Generated<number>
  /** 1 − attention (attention.ts), `NO_RESULT` where there is none. */
  calm: Generated<number>
  /** What stood in the way when it was looked for, e.g. a folder that could not be read. */
  error_code: string | null
  error_details: string | null
}

/** Append-only. */
interface CaseViewsTable {
  id: Generated<number>
  case_id: string
  reader: string
  at: string
}

/** Append-only: the tombstones. Nothing of the patient, only that, when and by whom it was erased. */
interface ErasuresTable {
  id: Generated<number>
  case_id: string
  erased_at: string
  erased_by: string
  /** Of the salt and the reason as it was given, which is kept nowhere here (care/reason.ts). */
  reason_sha256: string
  /** Null where an older Gyrus hashed the reason alone. */
  reason_salt: string | null
}

interface BackupSettingsTable {
  name: 'folder' | 'daily' | 'weekly' | 'last'
  value: string
}

/** Append-only: of a case that stays, the copy of its image went by a rule. */
interface ImageRemovalsTable {
  id: Generated<number>
  case_id: string
  removed_at: string
  removed_by: string
  /** As `ruleName` writes it (shared/retention.ts). */
  rule: string
}

/** Append-only. A hold is in force until another row lifts it. */
interface LegalHoldsTable {
  id: Generated<number>
  case_id: string
  kind: 'hold' | 'lift'
  /** `patient`: also of all other cases with this case's patient ID, those that are still to come among them. */
  scope: HoldScope
  /** The hold that a lift ends; null for a hold. */
  lifts: number | null
  actor: string
  /** May tell of a patient: stands here only, and an erasure empties it. */
  reason: string
  at: string
}

interface RetentionSettingsTable {
  /** `clock`: up to which entry of the trail its times were found to follow each other, or were confirmed. */
  name: 'rules' | 'clock' | 'last'
  value: string
}

/** Append-only. */
interface SignaturesTable {
  id: Generated<number>
  case_id: string
  verdict_id: number
  /** The signature that an amendment takes the place of. */
  supersedes: number | null
  kind: Exclude<SignatureKind, 'adjudicate'>
  signer: string
  /** Why it was amended; '' for a first signature. */
  reason: string
  at: string
}

/** Append-only. */
interface ImpressionsTable {
  id: Generated<number>
  case_id: string
  /** The result that was not shown yet. */
  result_id: number
  reader: string
  impression: Impression
  at: string
}

interface ReadingSettingsTable {
  /** '' is the whole department. */
  reader: string
  impression_first: 0 | 1
}

/** Counted by triggers: listed cases that share these columns. */
interface CaseCountsTable extends Pick<CasesTable, 'source' | 'state' | 'label' | 'model_id' | 'verdict' | 'reader'> {
  second: SecondState | ''
  n: number
}

/** All that a case can be found by, kept by triggers; `case_search` is the full-text index over it. */
interface CaseTextsTable {
  n: Generated<number>
  case_id: string
  /** Name and ID. */
  patient: string
  /** All else. */
  text: string
}

/** Append-only: cases that two read. */
interface SecondMarksTable {
  id: Generated<number>
  case_id: string
  /** A reader, or `gyrus` where the department asks for it. */
  marked_by: string
  why: MarkReason
  at: string
}

/** Append-only. */
interface SecondReadingsTable {
  id: Generated<number>
  case_id: string
  result_id: number
  /** The signed verdict that it was given beside. */
  beside: number
  reader: string
  verdict: Verdict
  label: VerdictLabel | null
  comment: string
  at: string
}

/** Append-only. */
interface AdjudicationsTable {
  id: Generated<number>
  case_id: string
  /** The verdict of a third reader, signed with it. */
  verdict_id: number
  reader: string
  at: string
}

interface SecondSettingsTable {
  name: 'when' | 'below' | 'adjudicators'
  value: string
}

interface MonitoringSettingsTable {
  /** JSON: `Limits`. */
  name: 'limits'
  value: string
}

interface InputStatisticsTable extends Record<Statistic, number> {
  result_id: number
  distance: number | null
}

interface MachineSamplesTable {
  at: string
  /** Of the engine, since the sample before. */
  restarts: number
  memory_bytes: number
  disk_bytes: number
}

export type BatchRecord = Selectable<BatchesTable>
export type CaseRecord = Selectable<CasesTable>
export type NewCaseRecord = Insertable<CasesTable>
export type ResultRecord = Selectable<ResultsTable>
export type ModelActivationRecord = Selectable<ModelActivationsTable>
export type VerdictRow = Selectable<VerdictsTable>
export type ImpressionRow = Selectable<ImpressionsTable>
export type SignatureRow = Selectable<SignaturesTable>
export type SecondMarkRow = Selectable<SecondMarksTable>
export type SecondReadingRow = Selectable<SecondReadingsTable>
export type AdjudicationRow = Selectable<AdjudicationsTable>
export type HoldRow = Selectable<LegalHoldsTable>
