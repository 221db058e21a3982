import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { Asking } from './asking.ts'
import { ENTRIES_A_CASE, fillAudit } from './fill-audit.ts'

/**
 * Verifies an audit trail of a million entries (or as many as the first argument says) as the open app does it, while
 * a work list is asked for every 50 ms. It fills a database of some GB in the folder for temporary files, and takes it
 * away again.
 */
const wanted = Number(process.argv[2] ?? 1_000_000)
/** How long the work list is asked for alone, to be held against. */
const ALONE_MS = 10_000

const folder = await mkdtemp(join(tmpdir(), 'gyrus-bench-verify-'))
try {
  const file = join(folder, 'gyrus.sqlite')
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`,
  )
  const before = performance.now()
  const entries = await fillAudit(file, Math.round(wanted / ENTRIES_A_CASE))
  console.log(`${entries} entries, filled in ${seconds(before)} s`)
  const store = await openStore(file)
  await verify(store)
  await cancelled(store)
  await store.close()
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function verify(store: Store): Promise<void> {
  const alone = new Asking(store)
  await after(ALONE_MS)
  await alone.end()
  console.log(`work lists before, ${alone.told}`)
  const lists = new Asking(store)
  const stages: Record<string, number> = {}
  const heap: number[] = []
  let [stage, since] = ['', performance.now()]
  const from = performance.now()
  const cpu = process.cpuUsage()
  const verdict = await store.verifyRecord({
    onProgress: (at) => {
      heap.push(process.memoryUsage.rss())
      if (at.stage !== stage) since = performance.now()
      stage = at.stage
      stages[stage] = performance.now() - since
    },
  })
  const took = (performance.now() - from) / 1000
  const { user, system } = process.cpuUsage(cpu)
  await lists.end()
  const { broken, entries, rows } = verdict
  if (broken) throw new Error(`broken: ${JSON.stringify(broken)}`)
  console.log(
    `sound: ${entries} entries and ${rows} rows in ${took.toFixed(1)} s = ${(entries / took).toFixed(0)} entries/s`,
  )
  // Lists included; on a busy machine it says more than the clock.
  console.log(`  processor: ${((user + system) / 1e6).toFixed(1)} s`)
  for (const [name, ms] of Object.entries(stages)) console.log(`  ${name}: ${(ms / 1000).toFixed(1)} s`)
  console.log(`  memory after a tenth ${mb(heap[Math.floor(heap.length / 10)])}, most ${mb(Math.max(...heap))} MB`)
  console.log(`  work lists meanwhile, ${lists.told}`)
}

/** How soon it ends when told to. */
async function cancelled(store: Store): Promise<void> {
  const abort = new AbortController()
  const ended = store.verifyRecord({ signal: abort.signal }).then(
    () => 'finished before',
    (error: { code?: string }) => error.code,
  )
  await after(1_000)
  const told = performance.now()
  abort.abort()
  console.log(`told to stop: ${await ended} after ${(performance.now() - told).toFixed(0)} ms`)
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(0)
}

function mb(bytes = 0): string {
  return (bytes / 1024 ** 2).toFixed(0)
}
