import { chmodSync, copyFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { findFiles } from '../../src/main/core/intake/find.ts'
import { forkEngineFrom } from '../../src/main/fork-engine.ts'
import { type Batch, type BatchOptions, type BatchState, batchQuerySchema } from '../../src/shared/batches.ts'
import { retriedWords } from '../../src/shared/retried.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { DEADLY } from '../support/deadly-engine.ts'
import { writePicture } from '../support/images.ts'
import { shared } from '../support/shared.ts'

const ENDED: readonly BatchState[] = ['completed', 'cancelled', 'paused', 'interrupted']
const FORKED = join(import.meta.dirname, '..', 'support', 'deadly-engine.ts')

async function setUp(pictures = 0) {
  const folder = temporaryFolder()
  const images = join(folder, 'images')
  mkdirSync(images)
  for (let seed = 0; seed < pictures; seed++) await writePicture(images, `${1000 + seed}.png`, seed)
  const dataDir = join(folder, 'data')
  return { folder, images, dataDir, ...(await openTestCore(dataDir)) }
}

/** Starts a batch; settles when it is on record. */
async function start(core: Core, path: string, options: Partial<BatchOptions> = {}): Promise<string> {
  return (await ask(core, 'batches.start', { paths: [path], options })).id
}

/** Settles with the first of the batch's states that fits. */
async function until(core: Core, id: string, fits: (batch: Batch) => boolean): Promise<Batch> {
  for (;;) {
    const { batch } = await ask(core, 'batches.get', { id })
    if (fits(batch)) return batch
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const ended = (core: Core, id: string) => until(core, id, ({ state }) => ENDED.includes(state))

const filesOf = async (core: Core, id: string) =>
  (await ask(core, 'batches.files', { id, query: batchQuerySchema.parse({ sort: 'order' }), limit: 200 })).rows

function counting(core: Core): (sql: string) => number {
  const sqlite = new SQLite(core.folder.database, { readonly: true })
  onTestFinished(() => void sqlite.close())
  return (sql) => sqlite.prepare(sql).pluck().get() as number
}

/** One case and one result a file, none twice. */
function expectWhole(core: Core, files: number): void {
  const count = counting(core)
  expect(count('select count(*) from cases')).toBe(files)
  expect(count(`select count(*) from cases where state = 'analysed'`)).toBe(files)
  expect(count('select count(*) from results')).toBe(files)
  expect(count('select count(distinct case_id) from batch_files')).toBe(files)
}

describe('a batch', { timeout: 120_000 }, () => {
  it('analyses a folder, counts it, and shows first what needs eyes', async ({ skip }) => {
    const testing = shared('datasets/brain-tumor-mri/Testing')
    skip(testing === null, 'not run: the shared data folder is not there (GYRUS_SHARED)')
    const { core, images } = await setUp()
    for (const name of ['glioma/Te-gl_0010.jpg', 'notumor/Te-noTr_0000.jpg', 'pituitary/Te-piTr_0000.jpg']) {
      copyFileSync(join(testing as string, name), join(images, name.replace('/', '-')))
    }
    writeFileSync(join(images, 'broken.jpg'), 'no image')
    writeFileSync(join(images, 'notes.txt'), 'no image')
    const id = await start(core, images)
    const batch = await ended(core, id)
    const counts = { total: 4, analysed: 3, failed: 1, skipped: 0, remaining: 0 }
    expect(batch).toMatchObject({
      state: 'completed',
      origin: 'folder',
      name: 'images',
      listed: true,
      passedOver: 1,
      counts,
    })
    expect(batch.imagesPerSecond).toBeGreaterThan(0)
    const { rows } = await ask(core, 'batches.files', { id, query: {} })
    expect(rows.map(({ label }) => label)).toEqual([expect.anything(), expect.anything(), 'notumor', null])
    const attentions = rows.map(({ attention }) => attention ?? -1)
    expect(attentions).toEqual(attentions.toSorted((a, b) => b - a))
    expect(rows[3]).toMatchObject({ state: 'failed', failure: { code: 'image-unsupported' } })
  })

  it('skips what the active model has analysed, and links it to its case', async () => {
    const { core, images } = await setUp(5)
    copyFileSync(join(images, '1000.png'), join(images, 'same.png'))
    const first = await start(core, images)
    expect((await ended(core, first)).counts).toMatchObject({ analysed: 5, skipped: 1 })
    const second = await start(core, images)
    expect((await ended(core, second)).counts).toMatchObject({ analysed: 0, skipped: 6 })
    const [one] = await filesOf(core, first)
    const again = await filesOf(core, second)
    expect(again[0]).toMatchObject({
      state: 'skipped',
      caseId: one?.caseId,
      label: one?.label,
      attention: one?.attention,
    })
    const third = await start(core, images, { skipSeen: false })
    expect((await ended(core, third)).counts).toMatchObject({ analysed: 6, skipped: 0 })
    // A file that is opened by itself always makes a case.
    expect(await ask(core, 'scans.open', { paths: [join(images, '1000.png')] })).toEqual({ batch: null })
    expect(counting(core)('select count(*) from cases')).toBe(12)
  })

  it('pauses at once, goes on where it was, and is ended for good by cancelling', async () => {
    const { core, images } = await setUp(200)
    const id = await start(core, images)
    await until(core, id, ({ counts }) => counts.analysed > 5)
    const paused = await ask(core, 'batches.pause', { id })
    expect(paused.state).toBe('paused')
    expect(paused.counts.remaining).toBeGreaterThan(0)
    const later = await until(core, id, () => true)
    expect(later.counts).toEqual(paused.counts)
    await ask(core, 'batches.resume', { id })
    await until(core, id, ({ counts }) => counts.analysed > paused.counts.analysed)
    const cancelled = await ask(core, 'batches.cancel', { id })
    expect(cancelled.state).toBe('cancelled')
    await expect(ask(core, 'batches.resume', { id })).rejects.toThrow('batch-state')
    const acts = counting(core)(
      `select group_concat(act, ' ') from (select act from audit where subject = '${id}' order by seq)`,
    )
    expect(acts).toBe('batch.created batch.started batch.paused batch.resumed batch.started batch.cancelled')
  })

  it('waits its turn behind another, and a scan that is opened meanwhile goes before', async () => {
    const { core, folder, images } = await setUp(200)
    const others = join(folder, 'others')
    mkdirSync(others)
    await writePicture(others, 'other.png', 900)
    const single = await writePicture(folder, 'single.png', 901)
    const first = await start(core, images)
    const second = await start(core, others)
    await until(core, first, ({ counts }) => counts.analysed > 5)
    expect((await ask(core, 'batches.get', { id: second })).batch.state).toBe('queued')
    const { outcome } = core.intake.openOne({ path: single }, { actor: READER, source: 'file' })
    expect(await outcome).toMatchObject({ status: 'analysed' })
    const { batch } = await ask(core, 'batches.get', { id: first })
    expect(batch.counts.remaining).toBeGreaterThan(50)
    expect((await ended(core, second)).state).toBe('completed')
    expect((await ask(core, 'batches.get', { id: first })).batch.state).toBe('completed')
  })

  it('tries again what has failed, in the same cases', async () => {
    const { core, images } = await setUp(2)
    const [gone, bad] = [join(images, 'gone.png'), join(images, 'bad.png')]
    symlinkSync(join(images, 'nowhere'), gone)
    writeFileSync(bad, 'no image')
    const id = await start(core, images)
    expect((await ended(core, id)).counts).toMatchObject({ analysed: 2, failed: 2 })
    const before = await filesOf(core, id)
    rmSync(gone)
    await writePicture(images, 'gone.png', 77)
    await ask(core, 'batches.retry', { id })
    expect((await ended(core, id)).counts).toMatchObject({ analysed: 3, failed: 1, remaining: 0 })
    const after = await filesOf(core, id)
    expect(after.map(({ caseId }) => caseId)).toEqual(before.map(({ caseId }) => caseId))
    expect(counting(core)('select count(*) from cases')).toBe(4)
  })

  it('says how many of what had failed were tried again, and why some failed again', async () => {
    const { core, images } = await setUp(2)
    for (const name of ['bad.png', 'worse.png']) writeFileSync(join(images, name), 'no image')
    writeFileSync(join(images, 'empty.png'), '')
    symlinkSync(join(images, 'nowhere'), join(images, 'gone.png'))
    const id = await start(core, images)
    expect((await ended(core, id)).retried).toBeNull()
    rmSync(join(images, 'gone.png'))
    await writePicture(images, 'gone.png', 77)
    await ask(core, 'batches.retry', { id })
    const { counts, retried } = await ended(core, id)
    expect(counts).toMatchObject({ analysed: 3, failed: 3 })
    expect(retried).toMatchObject({
      tried: 4,
      failed: 3,
      reasons: [
        { failure: { code: 'image-unsupported' }, files: 2 },
        { failure: { code: 'file-empty' }, files: 1 },
      ],
    })
    expect(retried && retriedWords(retried)).toMatch(/^4 were tried again, 3 failed again\. 2 × This is not an image/)

    // A second time: it counts anew.
    await ask(core, 'batches.retry', { id })
    expect((await ended(core, id)).retried).toMatchObject({ tried: 3, failed: 3 })
    expect(retriedWords({ tried: 0, failed: 0, reasons: [] })).toContain('Nothing could be tried again')
  })

  it('tells that it comes to a pause, or its end, while the files that were begun are finished', async () => {
    const { core, images } = await setUp(200)
    for (const [act, stopping] of [
      ['pause', 'paused'],
      ['cancel', 'cancelled'],
    ] as const) {
      const id = await start(core, images, { skipSeen: false })
      await until(core, id, ({ counts }) => counts.analysed > 5)
      const stopped = ask(core, `batches.${act}`, { id })
      const told = await until(core, id, (batch) => batch.stopping !== null || batch.state !== 'running')
      expect(told).toMatchObject({ state: 'running', stopping })
      expect(await stopped).toMatchObject({ state: stopping, stopping: null })
    }
  })

  it('paused while its last files are under way is completed: nothing is left to go on with', async () => {
    const { core, images } = await setUp(40)
    const id = await start(core, images)
    await until(core, id, ({ listed, state }) => listed && state === 'running')
    expect(await ask(core, 'batches.pause', { id })).toMatchObject({ state: 'completed', counts: { analysed: 40 } })
  })

  it('whose folder vanishes says so after some files, and goes on when it is back', async () => {
    const { core, folder, images } = await setUp(300)
    const id = await start(core, images)
    await until(core, id, ({ counts, listed }) => listed && counts.analysed > 5)
    renameSync(images, join(folder, 'elsewhere'))
    const interrupted = await ended(core, id)
    expect(interrupted).toMatchObject({ state: 'interrupted', failure: { code: 'batch-folder-missing' } })
    expect(interrupted.counts.failed).toBeGreaterThan(0)
    expect(interrupted.counts.failed).toBeLessThanOrEqual(64)
    renameSync(join(folder, 'elsewhere'), images)
    await ask(core, 'batches.retry', { id })
    expect(await ended(core, id)).toMatchObject({ state: 'completed', failure: null })
    expectWhole(core, 300)
  })

  it('survives the death of the engine in the middle of it', async () => {
    const folder = temporaryFolder()
    const images = join(folder, 'images')
    mkdirSync(images)
    for (let seed = 0; seed < 60; seed++) await writePicture(images, `${1000 + seed}.png`, seed)
    writeFileSync(join(images, '1020-deadly.png'), DEADLY)
    const { core } = await openTestCore(join(folder, 'data'), { startEngine: () => forkEngineFrom(FORKED) })
    const id = await start(core, images)
    expect((await ended(core, id)).counts).toMatchObject({ analysed: 60, failed: 1, remaining: 0 })
    const failed = (await filesOf(core, id)).find(({ state }) => state === 'failed')
    expect(failed).toMatchObject({ path: join(images, '1020-deadly.png'), failure: { code: 'engine-crashed' } })
  })

  it('is interrupted when Gyrus ends, and can be resumed at the next start', async () => {
    const { core, close, images, dataDir } = await setUp(150)
    const id = await start(core, images)
    await until(core, id, ({ counts }) => counts.analysed > 5)
    await close()
    const { core: next } = await openTestCore(dataDir)
    await next.resume()
    expect((await ask(next, 'batches.get', { id })).batch).toMatchObject({ state: 'interrupted', failure: null })
    await ask(next, 'batches.resume', { id })
    expect((await ended(next, id)).state).toBe('completed')
    expectWhole(next, 150)
  })
})

/** Files of the many that are taken through to cases. */
const TAKEN = 3_000
const IMAGE_EVERY = 10

describe('the walk', { timeout: 120_000 }, () => {
  it('ends at links in a circle and takes hostile names', async () => {
    const { core, images } = await setUp(1)
    const names = [
      'with "quotes", comma.png',
      'line\nbreak.png',
      'emoji 🧠.png',
      "'apostrophe.png",
      '=1+1.png',
      '-x.png',
    ]
    for (const [seed, name] of names.entries()) await writePicture(images, name, 50 + seed)
    const sub = join(images, 'sub')
    mkdirSync(sub)
    symlinkSync(images, join(sub, 'up'))
    symlinkSync(sub, join(sub, 'self'))
    await writePicture(sub, 'deep.png', 99)
    const id = await start(core, images)
    const batch = await ended(core, id)
    expect(batch.counts).toMatchObject({ analysed: names.length + 2, failed: 0 })
    const found = (await filesOf(core, id)).map(({ path }) => path)
    expect(found.toSorted()).toEqual(
      [...names.map((name) => join(images, name)), join(sub, 'deep.png'), join(images, '1000.png')].sort(),
    )
  })

  it('tells of a folder that cannot be read, and goes on', async ({ skip }) => {
    const { seteuid } = process
    skip(!seteuid || process.getuid?.() !== 0, 'not run: only root can be another user, whom a folder can be closed to')
    const folder = temporaryFolder()
    for (const name of ['a', 'closed', 'z']) mkdirSync(join(folder, name))
    for (const name of ['a', 'z']) await writePicture(join(folder, name), 'one.png')
    chmodSync(folder, 0o755)
    chmodSync(join(folder, 'closed'), 0o700)
    seteuid?.(65_534)
    const found = await Array.fromAsync(findFiles([folder])).finally(() => seteuid?.(0))
    expect(found).toEqual([
      { path: join(folder, 'a', 'one.png') },
      { path: join(folder, 'closed'), failure: expect.objectContaining({ code: 'file-unreadable' }) },
      { path: join(folder, 'z', 'one.png') },
    ])
  })

  it('leaves out sub-folders and names that are not wanted', async () => {
    const { core, images } = await setUp()
    mkdirSync(join(images, 'sub'))
    for (const [seed, name] of ['a_T1CE.png', 'b_t1ce.jpg', 'c_flair.png', 'sub/d_t1ce.png'].entries()) {
      mkdirSync(dirname(join(images, name)), { recursive: true })
      await writePicture(images, name, seed)
    }
    const id = await start(core, images, { subFolders: false, filter: '*_t1ce.*' })
    await ended(core, id)
    expect((await filesOf(core, id)).map(({ path }) => path)).toEqual([
      join(images, 'a_T1CE.png'),
      join(images, 'b_t1ce.jpg'),
    ])
    expect((await ask(core, 'batches.get', { id })).batch.passedOver).toBe(2)
  })

  it('takes the same picture a thousand times for one case', async () => {
    const { core, images } = await setUp(1)
    for (let i = 0; i < 999; i++) copyFileSync(join(images, '1000.png'), join(images, `copy ${i}.png`))
    const id = await start(core, images)
    expect((await ended(core, id)).counts).toMatchObject({ total: 1000, analysed: 1, skipped: 999 })
    expect(counting(core)('select count(*) from cases')).toBe(1)
  })

  it('puts 50,000 tiny files on record, and takes thousands through to cases, with flat memory', async () => {
    const { core, images } = await setUp()
    for (let i = 0; i < 50_000; i++) writeFileSync(join(images, `${100_000 + i}.png`), '')
    // Few images among those that come first: what is looked at is what is kept of a file, not how it is read.
    for (let i = 0; i < TAKEN; i += IMAGE_EVERY) await writePicture(images, `${100_000 + i}.png`, i)
    const options = { subFolders: true, filter: '', skipSeen: true }
    const id = await core.batches.add({ paths: [images], origin: 'folder', options }, 'Dr Test')
    const running = core.batches.run(id)
    globalThis.gc?.()
    const before = process.memoryUsage().heapUsed
    // The walk goes on by itself while the first outcome is looked at.
    await running.next()
    await until(core, id, ({ listed }) => listed)
    const grown = (process.memoryUsage().heapUsed - before) / 2 ** 20
    expect((await ask(core, 'batches.get', { id })).batch.counts.total).toBe(50_000)
    // The names of the folder itself, to be sorted; a list of all files with their places would take several times that.
    expect(grown).toBeLessThan(80)

    const used = () => {
      globalThis.gc?.()
      return process.memoryUsage().heapUsed / 2 ** 20
    }
    let early = Number.NaN
    for (let taken = 1; taken < TAKEN; taken++) {
      await running.next()
      if (taken === 500) early = used()
    }
    expect(used() - early).toBeLessThan(40)
    await running.return(undefined)
    const { counts } = (await ask(core, 'batches.get', { id })).batch
    expect(counts.analysed).toBeGreaterThanOrEqual(TAKEN / IMAGE_EVERY)
    expect(counts.failed).toBeGreaterThanOrEqual(TAKEN - TAKEN / IMAGE_EVERY)
    expect(counting(core)('select count(*) from cases')).toBe(counts.analysed + counts.failed)
  }, 300_000)
})
