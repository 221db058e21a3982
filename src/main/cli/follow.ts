import type { TaskProgress } from '../../shared/dataset.ts'
import { Progress } from './progress.ts'

/** Runs long work with its progress on the terminal; Ctrl+C cancels it. */
export async function followOnTerminal<T>(
  work: (following: { signal: AbortSignal; onProgress(progress: TaskProgress): void }) => Promise<T>,
): Promise<T> {
  const abort = new AbortController()
  const stop = () => abort.abort()
  process.once('SIGINT', stop)
  let shown: (TaskProgress & { progress: Progress }) | undefined
  const onProgress = (at: TaskProgress) => {
    const { stage, done, total } = at
    // A stage may come again, with other images.
    const goesOn = shown?.stage === stage && shown.total === total && shown.done <= done
    shown = { ...at, progress: goesOn && shown ? shown.progress : new Progress(total, stage) }
    shown.progress.show(done)
  }
  try {
    return await work({ signal: abort.signal, onProgress })
  } finally {
    shown?.progress.clear()
    process.removeListener('SIGINT', stop)
  }
}
