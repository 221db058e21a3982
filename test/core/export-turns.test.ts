import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { fillHistory, SAMPLE } from '../../scripts/bench/support/fill-history.ts'
import { toCsv } from '../../src/main/core/batches/export/csv.ts'
import { tableOf } from '../../src/main/core/batches/export/table.ts'
import { toXlsx } from '../../src/main/core/batches/export/xlsx.ts'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const FILES = 5_000
const WINDOWS = FILES / 500

/** How often others had their turn while the table was made. */
async function turnsDuring(store: Store, write: typeof toCsv): Promise<number> {
  const batch = await store.getBatch(SAMPLE.batch)
  let [turns, ended] = [0, false]
  const count = () => {
    turns += 1
    if (!ended) setImmediate(count)
  }
  setImmediate(count)
  for await (const chunk of write(tableOf(store, batch, null))) expect(chunk.length).toBeGreaterThan(0)
  ended = true
  return turns
}

it('a long table leaves others their turn between its windows', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  await fillHistory(file, FILES, { batchFiles: FILES })
  const store = await openStore(file)
  onTestFinished(() => store.close())
  for (const write of [toCsv, toXlsx]) expect(await turnsDuring(store, write)).toBeGreaterThanOrEqual(WINDOWS - 1)
}, 60_000)
