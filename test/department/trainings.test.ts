import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, inject, it, onTestFinished } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import type { RunState } from '../../src/shared/training.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { HEAD_ON_MADE as asked, importMade, type MadeSet, makeSet } from '../train/support.ts'
import { inStore } from './support/in-store.ts'
import { query } from './support/server.ts'
import { makeDepartment, type TestDepartment } from './support/station.ts'
import { WorkerProcess } from './support/worker.ts'

const cleanup = new Cleanup()
let set: MadeSet

beforeAll(async () => {
  set = await makeSet(join(temporaryFolder(cleanup.add), 'set'), 16, 2)
  return cleanup.run
})

/** A workstation that has a data set on record and trains nothing itself. */
async function asks(department: TestDepartment, name = 'asks'): Promise<Core> {
  const { core } = await openTestCore(department.station(name), { limits: { trainings: false } })
  await Promise.all([core.startQueued(), core.resume()])
  await importMade(core, set)
  return core
}

const runOf = async (core: Core, id: string) => (await ask(core, 'training.get', { id })).run
const becomes = (core: Core, id: string, state: RunState) =>
  expect.poll(async () => (await runOf(core, id)).state, { timeout: 120_000, interval: 20 }).toBe(state)

/** Acts of a run, in their order, without those that say no more than that it runs again. */
const actsOf = async ({ database }: TestDepartment, id: string) =>
  (await query<{ act: string }>(database, `select act from gyrus.audit where subject = '${id}' order by seq`)).map(
    ({ act }) => act,
  )

it('a training that is asked for on one workstation is done by another, and all follow it', async () => {
  const department = await makeDepartment()
  const core = await asks(department)
  const { id } = await ask(core, 'training.startOnSet', asked)
  expect(await runOf(core, id)).toMatchObject({ state: 'queued', set: asked.dataset })
  const told = new Set<string>()
  onTestFinished(core.events.subscribe((event) => void (event.type === 'run' && told.add(event.id))))
  await WorkerProcess.start(department.station('trains'), onTestFinished)
  await becomes(core, id, 'running')
  await expect
    .poll(async () => (await ask(core, 'training.get', { id })).live?.progress?.stage ?? (await runOf(core, id)).state)
    .not.toBe('running')
  await becomes(core, id, 'finished')
  const { summary, station, request } = await runOf(core, id)
  expect(station).toBe('trains')
  // Named by where it lies among the shared files, and never by a path of one machine.
  expect([request?.set, summary?.request.set]).toEqual(Array(2).fill('datasets/small/1/dataset.json'))
  expect(told).toContain(id)
  expect(await actsOf(department, id)).toEqual(['training.asked', 'training.running', 'training.finished'])
  // What it made lies where all have it.
  const { model } = await ask(core, 'training.register', { id, model: 'department-1', version: '1' })
  expect(model).toBe('department-1')
}, 240_000)

it('a training whose workstation loses its power is finished by another one, once', async () => {
  const department = await makeDepartment()
  const core = await asks(department)
  const first = await WorkerProcess.start(department.station('first'), onTestFinished)
  const { id } = await ask(core, 'training.startOnSet', asked)
  await becomes(core, id, 'running')
  await first.kill()
  expect((await runOf(core, id)).state).toBe('running')
  await WorkerProcess.start(department.station('second'), onTestFinished)
  await becomes(core, id, 'finished')
  expect((await runOf(core, id)).station).toBe('second')
  expect((await actsOf(department, id)).filter((act) => act === 'training.finished')).toHaveLength(1)
}, 240_000)

it('a workstation that ends gives its training back, and one that may train goes on with it', async () => {
  const department = await makeDepartment()
  const core = await asks(department)
  const first = await WorkerProcess.start(department.station('first'), onTestFinished)
  const { id } = await ask(core, 'training.startOnSet', asked)
  await becomes(core, id, 'running')
  expect(await first.end()).toBe(0)
  expect((await runOf(core, id)).state).toBe('queued')
  const { station } = (await runOf(core, id)) ?? {}
  expect(station).toBe('first')
  // It was opened without trainings, and its administrator allows them now.
  const second = await openTestCore(department.station('second'))
  await ask(second.core, 'department.setLimits', { cases: true, casesAtOnce: 4, trainings: false })
  await second.core.startQueued()
  await new Promise((done) => setTimeout(done, 3_000))
  expect((await runOf(core, id)).state).toBe('queued')
  await ask(second.core, 'department.setLimits', { cases: true, casesAtOnce: 4, trainings: true })
  await becomes(core, id, 'finished')
  expect((await runOf(core, id)).station).toBe('second')
}, 240_000)

it('is cancelled from any workstation, and gone on with', async () => {
  const department = await makeDepartment()
  const core = await asks(department)
  const waiting = await ask(core, 'training.startOnSet', { ...asked, seed: 2 })
  await ask(core, 'training.cancel', waiting)
  expect((await runOf(core, waiting.id)).state).toBe('cancelled')
  await WorkerProcess.start(department.station('trains'), onTestFinished)
  const { id } = await ask(core, 'training.startOnSet', asked)
  await becomes(core, id, 'running')
  await ask(core, 'training.cancel', { id })
  await expect(ask(core, 'training.cancel', { id })).rejects.toThrow('training-run-state')
  // Long enough that it would have been done.
  await new Promise((done) => setTimeout(done, 8_000))
  expect((await runOf(core, id)).state).toBe('cancelled')
  await ask(core, 'training.resume', { id })
  await becomes(core, id, 'finished')
  // What was cancelled before anybody had it was trained by nobody.
  expect(await actsOf(department, waiting.id)).toEqual(['training.asked', 'training.cancelled'])
}, 240_000)

it('waits for a workstation with what it needs, and is given up where each one that took it ended', async () => {
  const department = await makeDepartment()
  const core = await asks(department)
  const worker = await WorkerProcess.start(department.station('trains'), onTestFinished)
  const onGpu = await ask(core, 'training.startOnSet', { ...asked, onGpu: true })
  const status = () => ask(core, 'department.get', {})
  const trains = async () => (await status())?.stations.map(({ name, trains }) => [name, trains])
  await expect.poll(trains, { timeout: 30_000 }).toEqual([
    ['asks', 'nothing'],
    ['trains', 'head'],
  ])
  const { id } = await ask(core, 'training.startOnSet', asked)
  await becomes(core, id, 'running')
  expect(await status()).toMatchObject({ queue: { trainings: 1 } })
  // As if it were the last of its tries.
  await query(department.database, `update pgboss.job set retry_limit = 0 where name = 'train' and state = 'active'`)
  await worker.kill()
  await becomes(core, id, 'failed')
  expect((await runOf(core, id)).failure?.code).toBe('training-gave-up')
  expect((await runOf(core, onGpu.id)).state).toBe('queued')
}, 240_000)

it('a run that was trained elsewhere, on files in a store, becomes a model here', async ({ skip }) => {
  const found = inject('s3Server')
  if (found.path === undefined) return skip(found.reason)
  const { department } = await inStore()
  const core = await asks(department)
  await WorkerProcess.start(department.station('trains'), onTestFinished)
  const { id } = await ask(core, 'training.startOnSet', asked)
  await becomes(core, id, 'finished')
  expect(existsSync(join(core.folder.runs, id))).toBe(false)
  const { model } = await ask(core, 'training.register', { id, model: 'department-2', version: '1' })
  expect(model).toBe('department-2')
}, 240_000)
