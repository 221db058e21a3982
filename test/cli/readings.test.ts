import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { dataFolderAt } from '../../src/main/core/data-folder.ts'
import { openStore } from '../../src/main/store/index.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { openTestCore } from '../support/core.ts'
import { analysed, readTwice, saying, signed } from '../support/second.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
const gyrus = (dataDir: string, ...args: string[]) =>
  spawnSync(process.execPath, [main, ...args, '--data-dir', dataDir], { encoding: 'utf8' })

/** One reading with an impression in a case that a third reader decided, one without such a case, and one that waits. */
async function record(dataDir: string): Promise<void> {
  const { close } = await openTestCore(dataDir)
  await close()
  const store = await openStore(dataFolderAt(dataDir).database)
  for (const decided of [true, false]) {
    const id = await analysed(store)
    await store.addImpression({ caseId: id, reader: 'Dr A', impression: 'meningioma' })
    const verdictId = await signed(store, id, 'Dr A', 'glioma')
    if (!decided) continue
    await store.markForSecond(id, 'Dr A')
    await store.readSecond(saying(id, 'Dr B', 'notumor'))
    await store.adjudicate({ ...saying(id, 'Dr C', 'glioma'), verdictId })
  }
  await readTwice(store, 'cannot-tell', null)
  await store.close()
}

it('says how readings changed, and of how many the truth is known', async () => {
  const dataDir = temporaryFolder()
  await record(dataDir)
  const { stdout, status } = gyrus(dataDir, 'readings')
  expect(status).toBe(0)
  expect(stdout).toContain('2 readings of all readers')
  expect(stdout).toMatch(/changed to what the AI says +2 of 2, 100 % \(34–100 %\)/)
  expect(stdout).toContain('Truth known for 1 of 2')
  expect(stdout).toMatch(/changed to the better +1 of 1, 100 % \(21–100 %\)/)
  expect(stdout).toContain('Dr A: 2 readings, 0 unchanged, 2 towards, 0 away, 0 elsewhere; truth known for 1, 1 better')
  const json = JSON.parse(gyrus(dataDir, 'readings', '--json', '--from', '2020-01-01', '--until', '2020-02-01').stdout)
  expect(json).toMatchObject({ of: null, from: '2020-01-01T00:00:00.000Z', all: { n: 0, known: 0 }, readers: [] })
  expect(gyrus(dataDir, 'readings', '--from', 'May').stderr).toContain('A day is needed')

  // The queues, where no verdict is told.
  const open = gyrus(dataDir, 'cases', '--second', 'open').stdout
  expect(open.trim().split('\n')).toHaveLength(2)
  expect(open).toContain('For second reading')
  expect(open).not.toContain('tell')
  expect(gyrus(dataDir, 'cases', '--second', 'disputed').stdout).toContain('There is no such case.')
  const [row] = gyrus(dataDir, 'cases', '--json', '--second', 'open').stdout.split('\n')
  expect(JSON.parse(row ?? '')).toMatchObject({ second: 'open', verdict: null, verdictLabel: null })
}, 60_000)
