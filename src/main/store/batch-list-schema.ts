import type { PassedOverKind } from '../../shared/passed-over.ts'

/** Where a batch looks for its files, and what it passed over. */
export interface BatchListTables {
  batch_roots: BatchRootsTable
  batch_passed_over: BatchPassedOverTable
}

interface BatchRootsTable {
  batch_id: string
  root: number
  path: string
}

interface BatchPassedOverTable {
  batch_id: string
  kind: PassedOverKind
  files: number
  /** JSON: the first paths; none once a case of the batch was erased. */
  paths: string
}
