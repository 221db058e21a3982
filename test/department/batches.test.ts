import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { ask, openTestCore } from '../support/core.ts'
import { pictures } from './support/pictures.ts'
import { makeDepartment } from './support/station.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
const options = { subFolders: false, filter: '', skipSeen: false }

async function opened(station: (name: string) => string, name: string): Promise<Core> {
  const { core } = await openTestCore(station(name))
  await Promise.all([core.startQueued(), core.resume()])
  return core
}

it('a batch is paused and gone on with from another workstation, and its own one does so at once', async () => {
  const { station } = await makeDepartment()
  const maker = await opened(station, 'maker')
  const other = await opened(station, 'other')
  const id = await maker.batches.add({ paths: [await pictures(600)], origin: 'folder', options }, 'Dr Test')
  maker.batches.startQueued()
  const counts = async () => (await ask(other, 'batches.get', { id })).batch
  await expect.poll(async () => (await counts()).counts.analysed, { timeout: 60_000 }).toBeGreaterThan(20)
  await ask(other, 'batches.pause', { id })
  // What was begun is finished, and no more.
  const still = async () => {
    const before = (await counts()).counts.analysed
    await sleep(2_000)
    return (await counts()).counts.analysed === before
  }
  await expect.poll(still, { timeout: 60_000 }).toBe(true)
  const paused = await counts()
  expect(paused.state).toBe('paused')
  expect(paused.counts.remaining).toBeGreaterThan(100)
  await ask(other, 'batches.resume', { id })
  await expect.poll(async () => (await counts()).state, { timeout: 120_000 }).toBe('completed')
  expect((await counts()).counts).toMatchObject({ analysed: 600, remaining: 0 })
}, 300_000)

it('a batch of uploads is never taken by the queue, which hears of each batch as soon as it is on record', async () => {
  const { station } = await makeDepartment()
  const core = await opened(station, 'maker')
  const folder = await pictures(40)
  for (let nth = 0; nth < 3; nth++) {
    const id = await core.batches.openUpload({ name: 'study', options }, 'Dr Test')
    for (const name of await readdir(folder))
      await (await core.batches.upload(id, { path: join(folder, name) }, { actor: 'Dr Test', source: 'file' })).received
    core.batches.uploaded(id)
    const batch = async () => (await ask(core, 'batches.get', { id })).batch
    await expect.poll(async () => (await batch()).state, { timeout: 60_000 }).toBe('completed')
    expect(await batch()).toMatchObject({ failure: null, counts: { analysed: 40, remaining: 0 } })
    const { entries } = await ask(core, 'audit.list', { query: { subject: id } })
    expect(entries.map(({ act }) => act).toReversed()).toEqual(['batch.created', 'batch.started', 'batch.completed'])
  }
}, 120_000)

it('`gyrus classify` tells who paused it or ended it on another workstation, and that files are left', async () => {
  const { station } = await makeDepartment()
  const { core: other } = await openTestCore(station('other'))
  const classify = async (act: 'pause' | 'cancel', files: number) => {
    const args = [MAIN, 'classify', await pictures(files, files), '--data-dir', station(`of ${act}`)]
    const ended = promisify(execFile)(process.execPath, args).then(
      (done) => ({ ...done, code: 0 }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    )
    const newest = async () => (await other.batches.list(null, 1))[0]
    await expect.poll(async () => (await newest())?.state, { timeout: 60_000 }).toBe('running')
    await expect.poll(async () => (await newest())?.counts.analysed, { timeout: 60_000 }).toBeGreaterThan(5)
    const { id } = await other.batches[act]((await newest())?.id ?? '', 'rita')
    const { code, stdout, stderr } = await ended
    const { total, remaining } = (await other.batches.standing(id)).counts
    expect(remaining).toBeGreaterThan(0)
    expect(code).toBe(2)
    expect(stdout.trim().split('\n')).toHaveLength(total - remaining)
    return { id, told: stderr.trim().split('\n').at(-1), done: `${total - remaining} of ${total} files` }
  }
  const paused = await classify('pause', 900)
  expect(paused.told).toBe(`Paused by rita, ${paused.done}; \`gyrus batches resume ${paused.id}\` goes on.`)
  const ended = await classify('cancel', 901)
  expect(ended.told).toBe(`Ended by rita, ${ended.done}; what was analysed is kept.`)
}, 240_000)

it('a batch that is resumed while its workstation is closed says so, and goes on there at its next start or when it is asked to', async () => {
  const { station } = await makeDepartment()
  const { core: other } = await openTestCore(station('other'))
  for (const how of ['start', 'command'] as const) {
    const paths = [await pictures(30, how === 'start' ? 0 : 30)]
    const maker = await openTestCore(station('maker'))
    const id = await maker.core.batches.add({ paths, origin: 'folder', options }, 'Dr Test')
    await maker.core.batches.pause(id, 'Dr Test')
    await other.batches.resume(id, 'Dr Test')
    // It may begin at any moment.
    expect(await other.batches.standing(id)).toMatchObject({ state: 'queued', waitsFor: null })
    await maker.close()
    const told = async () => [await other.batches.standing(id), (await other.batches.list(null, 1))[0]]
    const waits = { id, state: 'queued', waitsFor: 'maker' }
    await expect.poll(told, { timeout: 30_000 }).toMatchObject([waits, waits])
    const again = how === 'start' ? await openTestCore(station('maker')) : null
    if (again) await again.core.startQueued()
    else {
      const resume = (called: string) =>
        promisify(execFile)(process.execPath, [MAIN, 'batches', 'resume', id, '--data-dir', station(called)])
      // Its files are not there.
      await expect(resume('third')).rejects.toMatchObject({
        code: 2,
        stdout: expect.stringContaining('waits for maker'),
      })
      expect((await resume('maker')).stdout).toContain('30 of 30')
    }
    await expect.poll(async () => (await other.batches.standing(id)).state, { timeout: 60_000 }).toBe('completed')
    expect(await other.batches.standing(id)).toMatchObject({ waitsFor: null, counts: { analysed: 30, failed: 0 } })
    await again?.close()
  }
}, 240_000)
