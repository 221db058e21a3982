import type { Generated, Insertable, Selectable } from 'kysely'
import type { CaseState, Source, Verdict } from '../../shared/cases.ts'
import type { GateVerdict } from '../../shared/input-gate.ts'
import type { Called, VerdictLabel } from '../../shared/labels.ts'
import type { SecondState } from '../../shared/reading.ts'

/** Cases, their files and what became of them. */
export interface CaseTables {
  scans: ScansTable
  cases: CasesTable
  results: ResultsTable
  failures: FailuresTable
  case_views: CaseViewsTable
  case_counts: CaseCountsTable
  case_texts: CaseTextsTable
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
  label: Called | ''
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
  /** Kept by triggers (0032): the greatest is to be read first; and the same by waiting alone. */
  urgency: Generated<number>
  waited: Generated<number>
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
  label: Called
  p_glioma: number
  p_meningioma: number
  p_notumor: number
  p_pituitary: number
  decode_ms: number
  preprocess_ms: number
  inference_ms: number
  created_at: string
  /** Null for results from before there was an input gate. */
  gate: GateVerdict | null
  /** JSON: `GateReason[]`. */
  gate_reasons: string | null
  /** JSON: `Label[]`; null where the model cannot say. */
  answer_set: string | null
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

/** Append-only. */
interface CaseViewsTable {
  id: Generated<number>
  case_id: string
  reader: string
  at: string
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

export type CaseRecord = Selectable<CasesTable>
export type NewCaseRecord = Insertable<CasesTable>
export type ResultRecord = Selectable<ResultsTable>
