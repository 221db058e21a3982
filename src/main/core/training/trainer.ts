import type { RunSummary, TrainingProgress, TrainingRequest } from '../../../shared/training.ts'

/** What runs a training: an engine process of its own, with the native engine and weights of this installation. */
export type Trainer = (
  run: { id: string; dir: string; request: TrainingRequest },
  following: { signal: AbortSignal; onProgress(progress: TrainingProgress): void },
) => Promise<RunSummary>
