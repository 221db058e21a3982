import { join } from 'node:path'
import { toCsv } from '../../src/main/core/batches/export/csv.ts'
import { tableOf } from '../../src/main/core/batches/export/table.ts'
import { toXlsx } from '../../src/main/core/batches/export/xlsx.ts'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { type BatchCursor, batchQuerySchema } from '../../src/shared/batches.ts'
import { caseQuerySchema } from '../../src/shared/cases.ts'
import { defineBench, type Row } from './support/contract.ts'
import { insertRows } from './support/fill-audit.ts'
import { fillHistory, SAMPLE } from './support/fill-history.ts'
import { inFolder } from './support/folders.ts'
import { spread, timed, timesOf } from './support/times.ts'

const ROUNDS = 20
const LIMIT = 100

export const bench = defineBench({
  name: 'batch-page',
  area: 'batch',
  title: 'The page and the tables of a long batch',
  question:
    'How long do windows, places and tables of a batch of 100,000 files take, in a record of twice as many cases?',
  sizes: { files: { what: 'files of the batch', usual: 100_000, small: 400 } },
  minutes: 3,
  run: ({ files }) =>
    inFolder(async (folder) => {
      const file = join(folder, 'gyrus.sqlite')
      await fillHistory(file, 2 * files, { batchFiles: files, more: insertRows })
      const store = await openStore(file)
      try {
        const rows = [...(await measurePage(store, files)), ...(await measureWorkList(store, files))]
        for (const [name, write] of Object.entries({ CSV: toCsv, XLSX: toXlsx })) {
          rows.push(await measureExport(store, name, write))
        }
        return { rows }
      } finally {
        await store.close()
      }
    }),
})

/** As the page asks: on from the window before; and a jump to a place far away, which counts from the last known one. */
async function measurePage(store: Store, files: number): Promise<Row[]> {
  const rows: Row[] = []
  for (const sort of ['attention', 'order'] as const) {
    const query = batchQuerySchema.parse({ sort })
    const ask = (after: BatchCursor | null, skip: number) =>
      store.batchFiles(SAMPLE.batch, query, { after, skip, limit: LIMIT }, 'Dr Adler')
    const all: number[] = []
    for (let after: BatchCursor | null = null; ; ) {
      const [ms, window]: [number, Awaited<ReturnType<typeof ask>>] = await timed(() => ask(after, 0))
      all.push(ms)
      after = window.end
      if (window.rows.length < LIMIT) break
    }
    const by = sort === 'attention' ? 'by attention' : 'as in the folder'
    const jump = await timesOf(ROUNDS, () => ask(null, files - LIMIT))
    rows.push({ what: `windows of ${LIMIT} rows to the end of the page, ${by}`, figures: spread(all) })
    rows.push({ what: `a jump from the top to the last window, ${by}`, figures: spread(jump) })
  }
  return rows
}

async function measureWorkList(store: Store, files: number): Promise<Row[]> {
  const query = caseQuerySchema.parse({ batch: SAMPLE.batch })
  const rows: Row[] = []
  for (const offset of [0, files / 2, files - LIMIT]) {
    const [first] = (await store.listCases(query, offset, LIMIT)).rows
    const page = await timesOf(ROUNDS, () => store.listCases(query, offset, LIMIT))
    rows.push({ what: `its cases in the work list, from ${offset}`, figures: spread(page) })
    if (!first) continue
    const place = await timesOf(ROUNDS, () => store.placeOfCase(first.id, query))
    rows.push({ what: '… the place of the first of them', figures: spread(place) })
  }
  return rows
}

async function measureExport(store: Store, name: string, write: typeof toCsv): Promise<Row> {
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  const start = performance.now()
  let [bytes, most, longest, last] = [0, before, 0, start]
  for await (const chunk of write(tableOf(store, await store.getBatch(SAMPLE.batch), null))) {
    bytes += chunk.length
    most = Math.max(most, process.memoryUsage.rss())
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }
  const mb = (size: number) => size / 1024 ** 2
  return {
    what: `table as ${name}`,
    figures: [
      { of: 'time', value: (performance.now() - start) / 1000, unit: 's' },
      { of: 'size', value: mb(bytes), unit: 'MB' },
      { of: 'memory before', value: mb(before), unit: 'MB' },
      { of: 'most memory', value: mb(most), unit: 'MB' },
      { of: 'longest step', value: longest, unit: 'ms' },
    ],
  }
}
