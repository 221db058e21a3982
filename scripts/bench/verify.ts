import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { Asking } from './support/asking.ts'
import { defineBench, type Row, single } from './support/contract.ts'
import { ENTRIES_A_CASE, fillAudit } from './support/fill-audit.ts'
import { inFolder } from './support/folders.ts'
import { spread, timed } from './support/times.ts'

/** How long the work list is asked for alone, to be held against. */
const ALONE_MS = 5_000
const MB = 1024 ** 2

export const bench = defineBench({
  name: 'verify',
  area: 'record',
  title: 'An audit trail, verified',
  question:
    'How long does it take to hold a record against its trail, as the open app does it, and how long do work lists take that are asked for every 50 ms meanwhile?',
  sizes: { entries: { what: 'entries of the trail', usual: 300_000, small: 3_000 } },
  minutes: 3,
  run: ({ entries }) =>
    inFolder(async (folder) => {
      const file = join(folder, 'gyrus.sqlite')
      await fillAudit(file, Math.round(entries / ENTRIES_A_CASE))
      const store = await openStore(file)
      try {
        const rows = await verify(store)
        return { rows: [...rows, await cancelled(store)] }
      } finally {
        await store.close()
      }
    }),
})

async function verify(store: Store): Promise<Row[]> {
  const alone = new Asking(store)
  await after(ALONE_MS)
  await alone.end()
  const lists = new Asking(store)
  const memory: number[] = []
  const cpu = process.cpuUsage()
  const [ms, verdict] = await timed(() =>
    store.verifyRecord({ onProgress: () => memory.push(process.memoryUsage.rss() / MB) }),
  )
  const { user, system } = process.cpuUsage(cpu)
  await lists.end()
  const { broken, entries, rows } = verdict
  if (broken) throw new Error(`broken: ${JSON.stringify(broken)}`)
  return [
    single('entries of the trail', entries, ''),
    single('rows that they bind', rows, ''),
    // At a million entries two minutes are borne.
    single('all of it held against each other', ms / 1000, 's', { aim: { most: (120 * entries) / 1e6 } }),
    single('… in a second', entries / (ms / 1000), 'entries/s'),
    single('… of the processor’s time, lists included', (user + system) / 1e6, 's'),
    single('memory after a tenth', memory[Math.floor(memory.length / 10)] ?? null, 'MB'),
    single('most memory', Math.max(...memory), 'MB'),
    { what: 'a work list before it begins', figures: spread(alone.ms) },
    { what: 'a work list meanwhile', figures: spread(lists.ms, { p95: { most: 100 } }) },
  ]
}

/** How soon it ends when told to. */
async function cancelled(store: Store): Promise<Row> {
  const abort = new AbortController()
  const ended = store.verifyRecord({ signal: abort.signal }).then(
    () => 'it was through before it was told to',
    (error: { code?: string }) => (error.code === 'cancelled' ? undefined : Promise.reject(error)),
  )
  await after(300)
  const told = performance.now()
  abort.abort()
  const remark = await ended
  return single('told to stop, to its end', performance.now() - told, 'ms', remark ? { remark } : {})
}
