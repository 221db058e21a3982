import { Worker } from 'node:worker_threads'

/** Longest time for one file, ms. */
const PATIENCE_MS = 5_000

export interface Fuzzed {
  /** How often each outcome came: `decoded`, or an error's code. */
  outcomes: Record<string, number>
  /** Rounds that ended in something else than that. */
  wrong: { round: number; what: string }[]
}

/**
 * Has mutated files decoded in a thread of their own; the same seed and round always make the same file. A file that takes
 * longer than 5 s, ends the thread or throws an error without a code is wrong, and the next round goes on in a new thread.
 */
export async function fuzz(
  files: Uint8Array[],
  { rounds, seed, what = 'image' }: { rounds: number; seed: number; what?: FuzzRange['what'] },
): Promise<Fuzzed> {
  const fuzzed: Fuzzed = { outcomes: {}, wrong: [] }
  for (let from = 0; from < rounds; ) {
    const ended = await run(files, { from, to: rounds, seed, what }, fuzzed)
    if (ended.what !== null) fuzzed.wrong.push({ round: ended.next, what: ended.what })
    from = ended.what === null ? rounds : ended.next + 1
  }
  return fuzzed
}

export interface FuzzRange {
  from: number
  to: number
  seed: number
  /** Read as images, or as directories of media. */
  what: 'image' | 'directory'
}

/** @returns why it ended before its time, or null; and the round that it was at */
function run(files: Uint8Array[], range: FuzzRange, fuzzed: Fuzzed): Promise<{ next: number; what: string | null }> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: { files, ...range } })
    let next = range.from
    const end = (what: string | null) => {
      clearTimeout(timer)
      void worker.terminate()
      resolve({ next, what })
    }
    let timer = setTimeout(end, 4 * PATIENCE_MS, 'the thread did not start')
    worker.on('message', ({ round, outcome }: { round: number; outcome: string }) => {
      clearTimeout(timer)
      timer = setTimeout(end, PATIENCE_MS, `longer than ${PATIENCE_MS} ms`)
      if (outcome.startsWith('not coded') || outcome === 'internal') fuzzed.wrong.push({ round, what: outcome })
      else fuzzed.outcomes[outcome] = (fuzzed.outcomes[outcome] ?? 0) + 1
      next = round + 1
    })
    worker.on('error', (error) => end(`the thread ended: ${error.message}`))
    worker.on('exit', () => end(next === range.to ? null : 'the thread ended'))
  })
}
