import type { RunSummary, TrainingProgress, TrainingRequest } from '../../../shared/training.ts'
import type { TrainingProbe } from '../../../shared/training-time.ts'

/** What runs a training: an engine process of its own, with the native engine and weights of this installation. */
export type Trainer = (
  run: { id: string; dir: string; request: TrainingRequest },
  following: { signal: AbortSignal; onProgress(progress: TrainingProgress): void },
) => Promise<RunSummary>

/** What measures how long a training would take, in an engine process of its own. */
export type Prober = (request: TrainingRequest, following: { signal: AbortSignal }) => Promise<TrainingProbe>
