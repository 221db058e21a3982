import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { Rate } from '../../src/main/core/batches/rate.ts'
import type { Core } from '../../src/main/core/index.ts'
import type { Batch, BatchState } from '../../src/shared/batches.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { fillDisk, mountSmallDisk } from '../support/mount.ts'

const ENDED: readonly BatchState[] = ['completed', 'cancelled', 'paused', 'interrupted']

async function picturesIn(folder: string, count: number, first = 0): Promise<string> {
  mkdirSync(folder)
  for (let n = 0; n < count; n++) await writePicture(folder, `${1000 + n}.png`, first + n)
  return folder
}

const start = async (core: Core, path: string) => (await ask(core, 'batches.start', { paths: [path], options: {} })).id

async function until(core: Core, id: string, fits: (batch: Batch) => boolean): Promise<Batch> {
  for (;;) {
    const { batch } = await ask(core, 'batches.get', { id })
    if (fits(batch)) return batch
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const ended = (core: Core, id: string) => until(core, id, ({ state }) => ENDED.includes(state))

describe('a batch', { timeout: 120_000 }, () => {
  it('whose disk is full stops before all its files have failed, and goes on when there is room', async ({ skip }) => {
    const folder = temporaryFolder()
    const dataDir = join(folder, 'data')
    const problem = mountSmallDisk(dataDir, 20_000)
    skip(problem !== null, problem ?? '')
    const images = await picturesIn(join(folder, 'images'), 400)
    const { core } = await openTestCore(dataDir)
    const filler = join(dataDir, 'filler')
    const id = await start(core, images)
    await until(core, id, ({ counts }) => counts.analysed > 20)
    fillDisk(filler, 0)
    // Not even that it is interrupted can be put on record, until there is some room.
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    const { batch: stuck } = await ask(core, 'batches.get', { id })
    expect(stuck.counts.remaining).toBeGreaterThan(100)
    rmSync(filler)
    const full = await ended(core, id)
    expect(full).toMatchObject({ state: 'interrupted', failure: { code: 'disk-full' } })
    expect(full.counts.analysed).toBeGreaterThan(0)
    // Those that were under way.
    expect(full.counts.failed).toBeLessThanOrEqual(64)
    expect(full.counts.remaining).toBeGreaterThan(100)

    await ask(core, 'batches.retry', { id })
    expect(await ended(core, id)).toMatchObject({ state: 'completed', counts: { total: 400, failed: 0 } })
    // Those whose answer found no room are taken up again by themselves, now that there is some.
    await until(core, id, ({ counts }) => counts.analysed === 400)
    const sqlite = new SQLite(core.folder.database, { readonly: true })
    const count = (sql: string) => sqlite.prepare(sql).pluck().get()
    expect(count('select count(*) from cases')).toBe(400)
    expect(count('select count(*) from results')).toBe(400)
    sqlite.close()
    expect((await core.store.verifyRecord({})).broken).toBeNull()
  })

  it('that is queued when Gyrus ends runs at the next start by itself; the one that ran waits to be asked', async () => {
    const folder = temporaryFolder()
    const dataDir = join(folder, 'data')
    const { core, close } = await openTestCore(dataDir)
    const running = await start(core, await picturesIn(join(folder, 'many'), 150))
    const queued = await start(core, await picturesIn(join(folder, 'few'), 3, 500))
    await until(core, running, ({ counts }) => counts.analysed > 3)
    expect((await ask(core, 'batches.get', { id: queued })).batch.state).toBe('queued')
    await close()

    const { core: next } = await openTestCore(dataDir)
    // As each shell does when it starts.
    next.batches.startQueued()
    await next.resume()
    expect(await ended(next, queued)).toMatchObject({ state: 'completed', counts: { total: 3, analysed: 3 } })
    expect((await ask(next, 'batches.get', { id: running })).batch.state).toBe('interrupted')
  })

  it('says how long it still takes once there is something to tell, and less and less', async () => {
    const folder = temporaryFolder()
    const { core } = await openTestCore(join(folder, 'data'))
    const id = await start(core, await picturesIn(join(folder, 'images'), 300))
    const told: Batch[] = []
    await until(core, id, (batch) => told.push(batch) > 0 && ENDED.includes(batch.state))
    expect(told.at(-1)).toMatchObject({ state: 'completed', secondsLeft: null })
    const left = told.flatMap(({ secondsLeft, listed }) => (listed && secondsLeft !== null ? [secondsLeft] : []))
    expect(left.length).toBeGreaterThan(3)
    expect(left.every((seconds) => seconds >= 0)).toBe(true)
    const third = Math.floor(left.length / 3)
    const mean = (some: number[]) => some.reduce((sum, one) => sum + one, 0) / some.length
    expect(mean(left.slice(-third))).toBeLessThan(mean(left.slice(0, third)))
    expect(told.find(({ state }) => state === 'running')?.secondsLeft).toBeNull()
  })
})

it('the rate of a batch is unknown before a file is finished, and for the first half second', async () => {
  const rate = new Rate()
  const unknown = { imagesPerSecond: null, secondsLeft: null }
  expect(rate.measure(100)).toEqual(unknown)
  rate.count(true)
  expect(rate.measure(100)).toEqual(unknown)
  await new Promise((resolve) => setTimeout(resolve, 600))
  const { secondsLeft, imagesPerSecond } = rate.measure(100)
  expect(secondsLeft).toBeGreaterThan(100 * 0.5)
  expect(rate.measure(10).secondsLeft).toBeLessThan(secondsLeft as number)
  expect(imagesPerSecond).toBeGreaterThan(0)
  expect(rate.measure(0).secondsLeft).toBe(0)
})
