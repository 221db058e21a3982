import type { Work } from '../core/index.ts'
import { texts } from './spoken.ts'

export const isRunning = ({ batch }: Work): boolean => batch?.state === 'running'
export const isBusy = (work: Work): boolean => isRunning(work) || work.training

/** 0–1; null where nothing runs, -1 where it cannot be told yet. */
export function shareOf({ batch }: Work): number | null {
  if (batch?.state !== 'running') return null
  const { total, remaining } = batch.counts
  return batch.listed && total > 0 ? (total - remaining) / total : -1
}

/** What there is to say when `before` became `now`; null where nothing is. */
export function noticeOf(before: Work, now: Work): string | null {
  const { notice } = texts()
  if (isRunning(before) && before.batch?.id === now.batch?.id) {
    if (now.batch?.state === 'completed') return notice.batchDone(now.batch.counts)
    if (now.batch?.state === 'interrupted') return notice.batchBroken
  }
  return before.training && !now.training ? notice.trainingDone : null
}
