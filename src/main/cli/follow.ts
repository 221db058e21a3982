import { Progress } from './progress.ts'

/** Runs long work with its progress on the terminal; Ctrl+C cancels it. */
export async function followOnTerminal<T>(
  work: (following: {
    signal: AbortSignal
    onProgress(progress: { stage: string; done: number; total: number }): void
  }) => Promise<T>,
  unit?: string,
): Promise<T> {
  const abort = new AbortController()
  const stop = () => abort.abort()
  process.once('SIGINT', stop)
  let shown: { stage: string; done: number; total: number; progress: Progress } | undefined
  const onProgress = (at: { stage: string; done: number; total: number }) => {
    const { stage, done, total } = at
    // A stage may come again, with other images.
    const goesOn = shown?.stage === stage && shown.total === total && shown.done <= done
    shown = { ...at, progress: goesOn && shown ? shown.progress : new Progress(total, stage, unit) }
    shown.progress.show(done)
  }
  try {
    return await work({ signal: abort.signal, onProgress })
  } finally {
    shown?.progress.clear()
    process.removeListener('SIGINT', stop)
  }
}
