import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, inject, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { expectOnce, inStore } from './support/in-store.ts'
import { pictures } from './support/pictures.ts'
import { WorkerProcess } from './support/worker.ts'

const found = inject('s3Server')
beforeEach(({ skip }) => {
  if (found.path === undefined) skip(found.reason)
})

it('a store that is begun anew in the middle of the work loses nothing and doubles nothing', async () => {
  const { s3, department } = await inStore()
  const { core } = await openTestCore(department.station('asks'))
  await WorkerProcess.start(department.station('b'), onTestFinished)
  const outcomes = openPaths(core, await pictures(120))
  for (const pause of [600, 900]) {
    await sleep(pause)
    await s3.stop()
    await sleep(1_200)
    await s3.start()
  }
  expect((await outcomes).map(({ status }) => status)).toEqual(Array(120).fill('analysed'))
  await expect.poll(() => ask(core, 'department.outbox', {}), { timeout: 40_000 }).toEqual({ cases: [], away: false })
  await expectOnce(department, 120)
  expect(s3.keys('dept').filter((key) => key.startsWith('scans/'))).toHaveLength(120)
  expect((await core.store.verifyRecord({})).broken).toBeNull()
}, 240_000)

it('what is opened while the store is away is read here, and told when the store has it', async () => {
  const { s3, department } = await inStore()
  const root = department.station('a')
  const first = await openTestCore(root)
  await ask(first.core, 'department.outbox', {})
  await s3.stop()
  const [outcome] = await openPaths(first.core, await writePicture(temporaryFolder(), 'away.png', 5))
  expect(outcome?.status).toBe('analysed')
  const { cases } = await ask(first.core, 'department.outbox', {})
  expect(cases.map(({ fileName, read }) => [fileName, read])).toEqual([['away.png', true]])
  expect(readdirSync(join(root, 'copies', 'unsent'))).toHaveLength(1)
  expect((await first.core.store.pendingCases()).length).toBe(0)
  await first.close()

  // It is still known after an end, and goes when the store answers.
  const again = await openTestCore(root)
  expect((await ask(again.core, 'department.outbox', {})).cases).toHaveLength(1)
  await s3.start()
  await expect
    .poll(() => ask(again.core, 'department.outbox', {}), { timeout: 40_000 })
    .toEqual({ cases: [], away: false })
  expect(s3.keys('dept').filter((key) => key.startsWith('scans/'))).toHaveLength(1)
  expect(readdirSync(join(root, 'copies', 'unsent'))).toEqual([])
  await expectOnce(department, 1)
}, 120_000)

it('a batch waits for a store that stays away, and goes on afterwards', async () => {
  const { s3, department } = await inStore()
  const { core } = await openTestCore(department.station('a'))
  const folder = await pictures(20)
  await s3.stop()
  const { id } = await ask(core, 'batches.start', { paths: [folder], options: { skipSeen: false } })
  const state = async () => (await ask(core, 'batches.get', { id })).batch
  await expect.poll(async () => (await state()).state, { timeout: 60_000 }).toBe('interrupted')
  expect((await state()).failure?.code).toBe('files-unreachable')
  expect((await state()).failure?.message).toContain('http://127.0.0.1')
  await expectOnce(department, 0)
  await s3.start()
  await ask(core, 'batches.resume', { id })
  await expect.poll(async () => (await state()).state, { timeout: 60_000 }).toBe('completed')
  await expectOnce(department, 20)
}, 180_000)

it('copies are bounded: what was used longest ago goes, and comes again when it is asked for', async () => {
  const LIMIT = 100_000
  const { department } = await inStore(`&copies=${LIMIT / 1e9}`)
  const root = department.station('a')
  const { core } = await openTestCore(root)
  const folder = temporaryFolder()
  const copies = () =>
    readdirSync(join(root, 'copies', 'scans'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
  const bytes = () => copies().reduce((sum, file) => sum + statSync(file).size, 0)
  for (let seed = 0; seed < 60; seed++) await writePicture(folder, `${seed}.png`, seed)
  await openPaths(core, folder)
  // What was used in the last minutes is in use, whatever the bound is.
  expect(copies()).toHaveLength(60)
  expect(bytes()).toBeGreaterThan(LIMIT)
  const hourAgo = new Date(Date.now() - 3_600_000)
  const before = copies()
  for (const file of before) utimesSync(file, hourAgo, hourAgo)
  const [outcome] = await openPaths(core, await writePicture(temporaryFolder(), 'more.png', 999))
  expect(outcome?.status).toBe('analysed')
  expect(bytes()).toBeLessThanOrEqual(LIMIT)
  const gone = before.filter((file) => !existsSync(file))
  expect(gone.length).toBeGreaterThan(0)
  const { rows } = await ask(core, 'cases.list', { query: {} })
  for (const { id } of rows) await core.images.pixels(id)
  expect(gone.every((file) => existsSync(file))).toBe(true)
}, 120_000)
