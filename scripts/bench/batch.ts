import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { toCsv } from '../../src/main/core/batches/export/csv.ts'
import { tableOf } from '../../src/main/core/batches/export/table.ts'
import { toXlsx } from '../../src/main/core/batches/export/xlsx.ts'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { type BatchCursor, batchQuerySchema } from '../../src/shared/batches.ts'
import { caseQuerySchema } from '../../src/shared/cases.ts'
import { insertRows } from './fill-audit.ts'
import { fillHistory, SAMPLE } from './fill-history.ts'

/**
 * A batch of 100,000 files (or as many as the first argument says) in a record of twice as many cases: windows of its
 * page, its cases in the work list, its tables. It fills a database in the folder for temporary files, and takes it
 * away again.
 */
const files = Number(process.argv[2] ?? 100_000)
const ROUNDS = 20
const LIMIT = 100

const folder = await mkdtemp(join(tmpdir(), 'gyrus-bench-batch-'))
try {
  const file = join(folder, 'gyrus.sqlite')
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`,
  )
  await fillHistory(file, 2 * files, { batchFiles: files, more: insertRows })
  const store = await openStore(file)
  await measurePage(store)
  await measureWorkList(store)
  for (const [name, write] of Object.entries({ CSV: toCsv, XLSX: toXlsx })) await measureExport(store, name, write)
  await store.close()
} finally {
  await rm(folder, { recursive: true, force: true })
}

/** As the page asks: on from the window before; and a jump to a place far away, which counts from the last known one. */
async function measurePage(store: Store): Promise<void> {
  for (const sort of ['attention', 'order'] as const) {
    const query = batchQuerySchema.parse({ sort })
    const ask = (after: BatchCursor | null, skip: number) =>
      store.batchFiles(SAMPLE.batch, query, { after, skip, limit: LIMIT }, 'Dr Adler')
    let after: BatchCursor | null = null
    let seen = 0
    const all: number[] = []
    for (;;) {
      const start = performance.now()
      const { rows, end } = await ask(after, 0)
      all.push(performance.now() - start)
      seen += rows.length
      after = end
      if (rows.length < LIMIT) break
    }
    const jump = await times(() => ask(null, files - LIMIT))
    console.log(
      `page by ${sort}: ${seen} rows in ${all.length} windows, ${show(all)}; a jump to the end, ${show(jump)}`,
    )
  }
}

async function measureWorkList(store: Store): Promise<void> {
  const query = caseQuerySchema.parse({ batch: SAMPLE.batch })
  for (const offset of [0, files / 2, files - LIMIT]) {
    const { rows, total, more } = await store.listCases(query, offset, LIMIT)
    const taken = await times(() => store.listCases(query, offset, LIMIT))
    console.log(`work list from ${offset}: ${rows.length} rows of ${total}${more ? '+' : ''}, ${show(taken)}`)
    const [first] = rows
    if (first) console.log(`  place: ${show(await times(() => store.placeOfCase(first.id, query)))}`)
  }
}

async function measureExport(store: Store, name: string, write: typeof toCsv): Promise<void> {
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  const start = performance.now()
  let [bytes, most, longest, last] = [0, 0, 0, start]
  for await (const chunk of write(tableOf(store, await store.getBatch(SAMPLE.batch), null))) {
    bytes += chunk.length
    most = Math.max(most, process.memoryUsage.rss())
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(
    `${name}: ${mb(bytes)} MB in ${seconds} s, memory ${mb(before)} → at most ${mb(most)} MB, longest step ${longest.toFixed(0)} ms`,
  )
}

async function times(work: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now()
    await work()
    taken.push(performance.now() - start)
  }
  return taken
}

function show(taken: number[]): string {
  const sorted = taken.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return `p50 ${at(0.5).toFixed(1)}, p95 ${at(0.95).toFixed(1)} ms`
}

function mb(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(0)
}
