import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { forkEngineFrom } from '../../src/main/fork-engine.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { DEADLY } from '../support/deadly-engine.ts'
import { writePicture } from '../support/images.ts'

const deadlyEngine = join(import.meta.dirname, '..', 'support', 'deadly-engine.ts')

async function pictures(folder: string, count: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, (_, seed) => writePicture(folder, `${1000 + seed}.png`, seed)))
}

/** Kills the engine as soon as it has finished some cases, `times` times. */
async function killNowAndThen(core: Core, times: number): Promise<void> {
  for (let kill = 0; kill < times; kill++) {
    const before = (await ask(core, 'intake.status', {})).done
    await until(
      async () => core.engine.status.state === 'ready' && (await ask(core, 'intake.status', {})).done > before,
    )
    const { pid, restarts } = core.engine.status
    process.kill(pid as number, 'SIGKILL')
    // The death is noticed a moment later; another kill before that would hit the same engine.
    await until(async () => core.engine.status.restarts > restarts)
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 2))
}

const countResults = (file: string) => {
  const sqlite = new SQLite(file, { readonly: true })
  const count = (sql: string) => sqlite.prepare(sql).pluck().get() as number
  const counts = {
    results: count('select count(*) from results'),
    cases: count('select count(distinct case_id) from results'),
  }
  sqlite.close()
  return counts
}

describe('an engine that is killed', () => {
  it('is started again, and no case is lost or logged twice', async () => {
    const folder = temporaryFolder()
    const { core } = await openTestCore(join(folder, 'data'))
    const files = await pictures(folder, 300)
    const [outcomes] = await Promise.all([openPaths(core, ...files), killNowAndThen(core, 3)])
    expect(outcomes.every((outcome) => outcome.status === 'analysed')).toBe(true)
    expect(countResults(core.folder.database)).toEqual({ results: 300, cases: 300 })
    expect(core.engine.status).toMatchObject({ state: 'ready', restarts: 3 })
  }, 180_000)

  it('by one file sets that file aside and reads all others', async () => {
    const folder = temporaryFolder()
    const { core } = await openTestCore(join(folder, 'data'), { startEngine: () => forkEngineFrom(deadlyEngine) })
    const files = await pictures(folder, 60)
    appendFileSync(files[30] as string, DEADLY)
    const outcomes = await openPaths(core, ...files)
    const failed = outcomes.filter((outcome) => outcome.status === 'failed')
    expect(failed).toMatchObject([{ fileName: '1030.png', failure: { code: 'engine-crashed' } }])
    expect(countResults(core.folder.database)).toEqual({ results: 59, cases: 59 })
  }, 60_000)

  it('and never comes up is given up with a code', async () => {
    const folder = temporaryFolder()
    const startEngine = () => forkEngineFrom(join(folder, 'no-such-engine.ts'))
    const { core } = await openTestCore(join(folder, 'data'), { startEngine })
    const [outcome] = await openPaths(core, await writePicture(folder, 'a.png'))
    expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'engine-unavailable' } })
  }, 60_000)
})

describe('an engine that hangs', () => {
  it('is found by its missing heartbeat and started again, and the scan is read', async () => {
    const folder = temporaryFolder()
    const { core } = await openTestCore(join(folder, 'data'))
    await until(async () => core.engine.status.state === 'ready')
    process.kill(core.engine.status.pid as number, 'SIGSTOP')
    const [outcome] = await openPaths(core, await writePicture(folder, 'a.png'))
    expect(outcome).toMatchObject({ status: 'analysed' })
    expect(core.engine.status).toMatchObject({ state: 'ready', restarts: 1 })
  }, 60_000)
})

describe('a Gyrus that ends in the middle', () => {
  it('takes up at the next start what it had received', async () => {
    const folder = temporaryFolder()
    const dataDir = join(folder, 'data')
    const first = await openTestCore(dataDir)
    const files = await pictures(folder, 100)
    const opening = openPaths(first.core, ...files)
    await until(async () => (await ask(first.core, 'intake.status', {})).done > 5)
    await first.close()
    const outcomes = await opening
    const acknowledged = outcomes.filter((outcome) => outcome.status === 'analysed').length
    expect(acknowledged).toBeLessThan(100)

    const { core } = await openTestCore(dataDir)
    const pending = await core.store.pendingCases()
    await core.resume()
    expect(await core.store.pendingCases()).toEqual([])
    const { results, cases } = countResults(core.folder.database)
    expect(results).toBe(cases)
    expect(results).toBe(acknowledged + pending.length)
  }, 60_000)
})
