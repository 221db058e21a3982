import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { copyScan } from '../../src/main/core/intake/copy.ts'
import { newCase } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'

async function setUp() {
  const folder = temporaryFolder()
  const dataDir = join(folder, 'data')
  const path = await writePicture(folder, 'slice.png')
  const first = await openTestCore(dataDir)
  const start = async () => (await openTestCore(dataDir)).core
  return { dataDir, path, first, start }
}

const copies = (dataDir: string) =>
  readdirSync(join(dataDir, 'scans'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())

const acts = async (core: Awaited<ReturnType<typeof openTestCore>>['core'], id: string) =>
  (await ask(core, 'cases.timeline', { id })).entries.map((entry) => entry.act)

/** What a kill leaves behind after each step of taking in a file, made by the steps themselves. */
describe('a file whose taking in was broken off', { timeout: 60_000 }, () => {
  it('in its copy: the piece is swept away, and the file opens as if nothing had been', async () => {
    const { dataDir, path, first, start } = await setUp()
    await first.close()
    writeFileSync(join(dataDir, 'incoming', 'half-a-copy'), 'half')
    const core = await start()
    expect(readdirSync(join(dataDir, 'incoming'))).toEqual([])
    expect(await openPaths(core, path)).toMatchObject([{ status: 'analysed' }])
  })

  it('between its copy and its row: no case, and opened again it has one case and one copy', async () => {
    const { dataDir, path, first, start } = await setUp()
    await copyScan(first.core.folder, { path })
    await first.close()
    const core = await start()
    await core.resume()
    expect(await ask(core, 'cases.list', { query: {} })).toMatchObject({ all: 0 })
    expect(await openPaths(core, path)).toMatchObject([{ status: 'analysed' }])
    expect(await ask(core, 'cases.list', { query: {} })).toMatchObject({ all: 1 })
    expect(copies(dataDir)).toHaveLength(1)
    expect(await core.store.verifyRecord({})).toMatchObject({ broken: null })
  })

  it('between its row and its result: it is analysed at the next start, once', async () => {
    const { dataDir, path, first } = await setUp()
    const scan = await copyScan(first.core.folder, { path })
    const one = newCase({ scan })
    await first.core.store.receive([one])
    await first.close()
    for (const _ of [1, 2]) {
      const { core, close } = await openTestCore(dataDir)
      await core.resume()
      expect(await ask(core, 'cases.list', { query: {} })).toMatchObject({ rows: [{ id: one.id, state: 'analysed' }] })
      expect(await acts(core, one.id)).toEqual(['case.received', 'case.analysed'])
      expect(await core.store.verifyRecord({})).toMatchObject({ broken: null })
      await close()
    }
  })
})
