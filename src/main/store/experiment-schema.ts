import type { Generated, Selectable } from 'kysely'
import type { Label } from '../../shared/labels.ts'

/** The tables of what was tried out on pictures of cases. */
export interface ExperimentTables {
  experiments: ExperimentsTable
  edited_scans: EditedScansTable
}

/** Append-only. Never a result: nothing counts these rows. */
interface ExperimentsTable {
  id: Generated<number>
  case_id: string
  model_id: string
  weights_sha256: string
  preprocessing_version: string
  engine: string
  /** JSON: `Step[]`; '' once the case was erased. */
  steps: string
  /** '' where the model does not judge the picture. */
  label: Label | ''
  p_glioma: number
  p_meningioma: number
  p_notumor: number
  p_pituitary: number
  /** JSON: `Gate`. */
  gate: string
  made_by: string
  at: string
}

/** Append-only. Cases whose file was made by an experiment. */
interface EditedScansTable {
  case_id: string
  origin_id: string
  experiment_id: number
}

export type ExperimentRow = Selectable<ExperimentsTable>
