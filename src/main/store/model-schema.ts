import type { Generated, Selectable } from 'kysely'
import type { RunState } from '../../shared/training.ts'

/** Data sets, training runs and which model was in force. */
export interface ModelTables {
  datasets: DatasetsTable
  run_progress: RunProgressTable
  training_runs: TrainingRunsTable
  model_activations: ModelActivationsTable
  department_settings: DepartmentSettingsTable
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

/** What the workstations of a department have to agree on. */
export interface DepartmentSettingsTable {
  name: string
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
  /** Which workstation of a department trains; '' where there is one. */
  station: Generated<string>
}

/** Of trainings that run on another workstation. */
interface RunProgressTable {
  run_id: string
  /** JSON, see `LiveRun` in shared/training.ts. */
  live: string
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

export type ModelActivationRecord = Selectable<ModelActivationsTable>
