import type { LiveRun, TrainingProgress } from '../../../shared/training.ts'

/** Of a run that waits. */
export const notBegun = (): LiveRun => ({ progress: null, epochs: [], notices: [] })

/** Takes down how a run comes along. */
export function follow(live: LiveRun, progress: TrainingProgress): void {
  if (progress.notice) live.notices.push(progress.notice)
  else live.progress = progress
  if (progress.ended) live.epochs.push(progress.ended)
}
