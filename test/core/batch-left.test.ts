import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { type Batch, batchOptionsSchema } from '../../src/shared/batches.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'

async function batchOf(count: number) {
  const folder = temporaryFolder()
  const [dataDir, images] = [join(folder, 'data'), join(folder, 'images')]
  mkdirSync(images)
  for (let seed = 0; seed < count; seed++) await writePicture(images, `${1000 + seed}.png`, seed)
  const opened = await openTestCore(dataDir)
  return { ...opened, dataDir, images }
}

const start = async (core: Core, path: string) => (await ask(core, 'batches.start', { paths: [path], options: {} })).id

async function until(core: Core, id: string, fits: (batch: Batch) => boolean): Promise<Batch> {
  for (;;) {
    const { batch } = await ask(core, 'batches.get', { id })
    if (fits(batch)) return batch
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** As a kill leaves it: it still says that it runs, and not how long it has. */
function asKilled(core: Core, id: string): void {
  const sqlite = new SQLite(core.folder.database)
  sqlite.prepare(`update batches set state = 'running', worked_ms = 0 where id = ?`).run(id)
  sqlite.close()
}

it('a batch of which a kill left nothing to do is completed at the next start, at no made-up speed', async () => {
  const { core, close, dataDir, images } = await batchOf(4)
  const id = await start(core, images)
  await until(core, id, ({ state }) => state === 'completed')
  asKilled(core, id)
  await close()
  const { core: next } = await openTestCore(dataDir)
  await next.resume()
  const { batch } = await ask(next, 'batches.get', { id })
  expect(batch).toMatchObject({ state: 'completed', imagesPerSecond: null, counts: { analysed: 4, remaining: 0 } })
  // Who asks for it in that very moment gets no error.
  expect(await ask(next, 'batches.resume', { id })).toMatchObject({ state: 'completed' })
}, 60_000)

it('a batch that a kill left in the middle waits for its reader, and tells no speed of what it did before', async () => {
  const { core, close, dataDir, images } = await batchOf(4)
  const id = await start(core, images)
  await until(core, id, ({ state }) => state === 'completed')
  const path = await writePicture(images, 'more.png', 5)
  await core.store.addBatchFiles(id, [{ root: 0, path, failure: null }])
  asKilled(core, id)
  await close()
  const { core: next } = await openTestCore(dataDir)
  await next.resume()
  expect((await ask(next, 'batches.get', { id })).batch).toMatchObject({
    state: 'interrupted',
    counts: { remaining: 1 },
  })
  await ask(next, 'batches.resume', { id })
  expect(await until(next, id, ({ state }) => state === 'completed')).toMatchObject({ imagesPerSecond: null })
}, 60_000)

it('a cancelled batch stays ended: its failed files do not bring back what was not begun', async () => {
  const { core, images } = await batchOf(200)
  writeFileSync(join(images, '0000.png'), 'no image')
  const id = await start(core, images)
  await until(core, id, ({ counts }) => counts.failed === 1 && counts.analysed > 5)
  const { counts } = await ask(core, 'batches.cancel', { id })
  expect(counts.remaining).toBeGreaterThan(0)
  await expect(ask(core, 'batches.retry', { id })).rejects.toThrow('batch-state')
  expect(await until(core, id, () => true)).toMatchObject({ state: 'cancelled', counts })
}, 60_000)

it('what a browser handed over is tried again where there is a copy, and else still says why it failed', async () => {
  const { core, images } = await batchOf(1)
  const id = await core.batches.openUpload({ name: 'study', options: batchOptionsSchema.parse({}) }, READER)
  for (const [name, content] of [
    ['empty.png', ''],
    ['text.png', 'no image'],
  ] as const) {
    const path = join(images, name)
    writeFileSync(path, content)
    core.batches.upload(id, { path }, { actor: READER, source: 'file' })
  }
  core.batches.uploaded(id)
  await until(core, id, ({ state }) => state === 'completed')
  const codes = async () => {
    const { rows } = await ask(core, 'batches.files', { id, query: {} })
    return rows.map(({ failure }) => failure?.code).toSorted()
  }
  const before = await codes()
  expect(before).toEqual(['file-empty', 'image-unsupported'])
  await ask(core, 'batches.retry', { id })
  await until(core, id, ({ state }) => state === 'completed')
  expect(await codes()).toEqual(before)
}, 60_000)
