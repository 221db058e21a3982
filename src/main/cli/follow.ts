import type { TaskProgress } from '../../shared/dataset.ts'
import { Progress } from './progress.ts'

/** Runs long work with its progress on the terminal; Ctrl+C cancels it. */
export async function followOnTerminal<T>(
  work: (following: { signal: AbortSignal; onProgress(progress: TaskProgress): void }) => Promise<T>,
): Promise<T> {
  const abort = new AbortController()
  const stop = () => abort.abort()
  process.once('SIGINT', stop)
  let shown: { stage: TaskProgress['stage']; progress: Progress } | undefined
  const onProgress = ({ stage, done, total }: TaskProgress) => {
    if (shown?.stage !== stage) shown = { stage, progress: new Progress(total, stage) }
    shown.progress.show(done)
  }
  try {
    return await work({ signal: abort.signal, onProgress })
  } finally {
    shown?.progress.clear()
    process.removeListener('SIGINT', stop)
  }
}
