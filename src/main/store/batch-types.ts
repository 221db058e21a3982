import type {
  Batch,
  BatchCursor,
  BatchFileState,
  BatchOptions,
  BatchOrigin,
  BatchQuery,
  BatchTotals,
  BatchWindow,
} from '../../shared/batches.ts'
import type { Region } from '../../shared/brain-region.ts'
import type { Verdict } from '../../shared/cases.ts'
import type { Failure } from '../../shared/errors.ts'
import type { AnswerSet, Gate } from '../../shared/input-gate.ts'
import type { Confidences, Label, VerdictLabel } from '../../shared/labels.ts'
import type { PassedOver } from '../../shared/passed-over.ts'
import type { BatchMember, Blind, CaseFailure } from './case-types.ts'

export interface NewBatch {
  id: string
  name: string
  origin: BatchOrigin
  options: BatchOptions
  /** What was chosen: folders and files. */
  roots: string[]
  by: string
  /** It never waits for a turn: whoever puts it on record works on it already. */
  begun?: boolean
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
  /** Case of the series that it is a slice of. */
  series: string | null
  /** Null where there is no answer, or the model does not judge the image; so `confidences`. */
  label: Label | null
  confidences: Confidences | null
  gate: Gate | null
  set: AnswerSet
  /** Null where it was not measured, or the answer is kept. */
  region: Region | null
  verdict: Verdict | null
  verdictLabel: VerdictLabel | null
  reader: string | null
  failure: Failure | null
  modelId: string | null
  weightsSha256: string | null
  analysedAt: string | null
  sha256: string | null
}

export interface BatchPlace {
  after: BatchCursor | null
  skip: number
  limit: number
}

export interface BatchReads {
  /** Newest first; `before`: only those made earlier than this one. */
  listBatches(before: string | null, limit: number): Promise<Batch[]>
  /** @throws GyrusError `batch-unknown` */
  getBatch(id: string): Promise<Batch>
  /** @param slices whether files that are slices of a series are counted; they are where it is not said */
  batchTotals(id: string, blind?: Blind, slices?: boolean): Promise<BatchTotals>
  /** What was passed over in looking for its files. */
  passedOver(id: string): Promise<PassedOver[]>
  /** Files after number `after`, in their order. */
  exportedFiles(id: string, after: number, limit: number, blind?: Blind): Promise<ExportedFile[]>
  /** Rows after `after`, and `skip` more; `reader`: for whom `opened` is told. */
  batchFiles(id: string, query: BatchQuery, place: BatchPlace, reader: string, blind?: Blind): Promise<BatchWindow>
}

export interface BatchStore {
  addBatch(batch: NewBatch): Promise<void>
  /** Roots from number `first` on, in their order. */
  batchRoots(batch: string, first: number, limit: number): Promise<{ root: number; path: string }[]>
  /** Roots of batches of folders, each once, the newest first. */
  recentRoots(limit: number): Promise<string[]>
  /** Adds files that are not in the batch yet. */
  addBatchFiles(batch: string, files: NewBatchFile[]): Promise<void>
  /** All files are known, and what else was there. */
  batchListed(batch: string, passedOver: PassedOver[]): Promise<void>
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
  skipFiles(files: SkippedFile[]): Promise<void>
}
