import type { Generated, Selectable } from 'kysely'
import type { BatchFileState, BatchOrigin, BatchState } from '../../shared/batches.ts'
import type { Called } from '../../shared/labels.ts'
import type { PassedOverKind } from '../../shared/passed-over.ts'

/** Batches and their files. */
export interface BatchTables {
  batches: BatchesTable
  batch_roots: BatchRootsTable
  batch_files: BatchFilesTable
  batch_passed_over: BatchPassedOverTable
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
  /** Which workstation of a department works on it; '' where there is one. */
  station: Generated<string>
}

interface BatchRootsTable {
  batch_id: string
  root: number
  path: string
}

/** What was passed over in looking for a batch's files. */
interface BatchPassedOverTable {
  batch_id: string
  kind: PassedOverKind
  files: number
  /** JSON: the first paths; none once a case of the batch was erased. */
  paths: string
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
  label: Generated<Called | ''>
  confidence: Generated<number>
  /** 1 − attention (attention.ts), `NO_RESULT` where there is none. */
  calm: Generated<number>
  /** What stood in the way when it was looked for, e.g. a folder that could not be read. */
  error_code: string | null
  error_details: string | null
}

export type BatchRecord = Selectable<BatchesTable>
