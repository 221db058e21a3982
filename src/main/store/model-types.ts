import type { DatasetEntry } from '../../shared/frozen-dataset.ts'
import type { GateResult } from '../../shared/gate.ts'
import type { Label } from '../../shared/labels.ts'
import type { Activation, KnownFiles } from '../../shared/models.ts'
import type { LiveRun, RunRecord, RunState, RunSummary, TrainingRequest } from '../../shared/training.ts'
import type { CaseFailure } from './case-types.ts'

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

/** How a run has to stand for a change. */
export interface HeldRun {
  states: RunState[]
  /** Which workstation has it; any, where it is left out. */
  station?: string
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

/** What the shared files of a department's record are known by. */
export interface RecordMark {
  /** Null until a workstation was begun on it, or it was moved. */
  id: string | null
  /** Whether the files have it. */
  marked: boolean
}

export interface ModelReads {
  recordMark(): Promise<RecordMark>
  /** Results since a time. */
  countResults(since: string): Promise<number>
  /** Newest first. */
  listRuns(): Promise<RunRecord[]>
  /** Those that wait or run, newest first. */
  openRuns(): Promise<RunRecord[]>
  /** @throws GyrusError `training-run-unknown` */
  getRun(id: string): Promise<RunRecord>
  /** How a run comes along on another workstation of the department; null where nothing is known. */
  toldOfRun(id: string): Promise<LiveRun | null>
  /** All activations of models, oldest first. */
  activations(): Promise<StoredActivation[]>
  /** All versions of all frozen sets, by name, newest version first. */
  listDatasets(): Promise<RecordedDataset[]>
  /** Cases whose standing verdict was signed at `since` (an instant) or later, newest signature first. */
  signedScans(since: string | null): Promise<SignedScan[]>
}

export interface ModelStore {
  /** Puts a model in force on record, superseding the activation before. */
  activateModel(activation: NewActivation): Promise<Activation>
  /** SHA-256 of the weights that the department began with: those of the workstation that told its own first. */
  departmentModel(mine: string): Promise<string>
  /** The record's own, made when it is first asked for. */
  recordId(): Promise<string>
  /** Has the shared files marked, unless they were: by one workstation, while the others wait. Throws what `mark` throws. */
  markFilesOnce(mark: () => Promise<void>): Promise<void>
  addDataset(entry: RecordedDataset): Promise<void>
  /** @throws GyrusError `training-run-exists` */
  addRun(run: NewRun): Promise<void>
  /** @throws GyrusError `training-run-unknown` */
  changeRun(change: RunChange): Promise<void>
  /** The same, unless somebody changed the run meanwhile. @returns whether it was changed */
  changeHeldRun(change: RunChange, held: HeldRun): Promise<boolean>
  /**
   * Has this workstation train a run that waits, or that another one had and lost. @returns null where there is nothing to
   * train: it was cancelled, or is finished
   */
  takeRun(taken: { id: string; actor: string }): Promise<RunRecord | null>
  /** Tells other workstations how a run comes along here, as long as it runs. */
  tellRun(id: string, told: LiveRun): Promise<void>
}
