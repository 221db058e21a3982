import type { TaskProgress } from '../../../../shared/dataset.ts'
import type { Label } from '../../../../shared/labels.ts'
import type { TrainingNotice, TrainingProgress, TrainingRequest } from '../../../../shared/training.ts'

/** `testing`: what the set itself keeps for testing; in a run by fold, that of the fold. */
export const PARTS = ['training', 'validation', 'held-out', 'testing'] as const
export type Part = (typeof PARTS)[number]

/** An image that takes part in a run. */
export interface Example {
  /** As the set names it; tumours of unknown type by their table's folder and name. */
  file: string
  path: string
  /** What its bytes must hash to, where the set is frozen. */
  sha256?: string
  /** Null for a tumour of unknown type. */
  label: Label | null
  /** What it belongs together with: a patient, a near-duplicate group, a group of the table. */
  group: string
  part: Part
}

/** What the engine process needs for a run. */
export interface TrainInput {
  id: string
  request: TrainingRequest
  /** The run's own folder; it exists. What is in it already is gone on with. */
  dir: string
  /** The native engine's folder, null where there is none. */
  nativeDir: string | null
  /** Whether that engine is one that can use a GPU. */
  nativeGpu: boolean
  /** ONNX file of the base network. */
  base: string
  /** Golden images: files whose probabilities the exported network must reproduce. */
  golden: string[]
}

export interface RunFollowing {
  signal: AbortSignal
  onProgress(progress: TrainingProgress): void
  /** Progress of reading and comparing the set. */
  onDataset(progress: TaskProgress): void
  /** Told at once, and kept with the run. */
  tell(notice: TrainingNotice): void
}
