import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Outcome } from '../../src/main/core/analyser.ts'
import type { Core } from '../../src/main/core/index.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { fillDisk, mountSmallDisk } from '../support/mount.ts'
import { pictures } from './support/pictures.ts'
import { query } from './support/server.ts'
import { departmentAlone, makeDepartment } from './support/station.ts'
import { WorkerProcess } from './support/worker.ts'

const run = promisify(execFile)
const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

const countsOf = async (database: string) => {
  const [counted] = await query(
    database,
    `select (select count(*)::int from gyrus.cases) as cases, count(*)::int as results,
       count(distinct case_id)::int as read, (select count(*)::int from gyrus.audit where act = 'case.analysed') as told
     from gyrus.results`,
  )
  return counted
}

const statusesOf = (outcomes: Outcome[]) => [...new Set(outcomes.map(({ status }) => status))]

/** A workstation with a data folder on a disk of its own. */
function onSmallDisk(root: string, kilobytes: number): string | null {
  const kept = readdirSync(root).map((name) => [name, readFileSync(join(root, name), 'utf8')] as const)
  const problem = mountSmallDisk(root, kilobytes)
  if (problem === null) for (const [name, content] of kept) writeFileSync(join(root, name), content)
  return problem
}

it('workstations whose own disks are full while they work lose nothing: every file is read, and once', async ({
  skip,
}) => {
  const department = await makeDepartment()
  const [asks, full, healthy] = ['asks', 'full', 'healthy'].map((name) => department.station(name)) as [
    string,
    string,
    string,
  ]
  for (const root of [asks, full]) {
    const problem = onSmallDisk(root, 2_000)
    skip(problem !== null, problem ?? '')
  }
  const { core } = await openTestCore(asks)
  const workers = await Promise.all([full, healthy].map((root) => WorkerProcess.start(root, onTestFinished)))
  const outcomes = openPaths(core, await pictures(150))
  await expect.poll(async () => (await core.store.facets()).models.length).toBe(1)
  for (const root of [asks, full]) {
    fillDisk(join(root, 'filler'), 0)
    expect(statfsSync(root).bavail).toBe(0)
  }
  expect(statusesOf(await outcomes)).toEqual(['analysed'])
  expect(await countsOf(department.database)).toEqual({ cases: 150, results: 150, read: 150, told: 150 })
  expect((await core.store.verifyRecord({})).broken).toBeNull()
  // They end as always, and what they could not note at their end keeps nobody from coming back.
  for (const worker of workers) expect(await worker.end()).toBe(0)
}, 240_000)

it('a workstation whose own disk is full says so when it is started', async ({ skip }) => {
  const { station } = await makeDepartment()
  const root = station('full')
  const problem = onSmallDisk(root, 40)
  skip(problem !== null, problem ?? '')
  fillDisk(join(root, 'filler'), 0)
  const worker = await run(process.execPath, [MAIN, 'worker', '--data-dir', root]).catch((error: object) => error)
  expect(worker).toMatchObject({ code: 1, stderr: expect.stringContaining('[disk-full]') })
})

describe('the shared folder', () => {
  const until = async (core: Core, id: string, state: string) =>
    expect.poll(async () => (await ask(core, 'batches.get', { id })).batch.state, { timeout: 60_000 }).toBe(state)

  it('that is full: a batch says so and stops, and goes on when there is room', async ({ skip }) => {
    const department = await makeDepartment()
    const { database, files } = department
    const problem = mountSmallDisk(files, 20_000)
    skip(problem !== null, problem ?? '')
    const { core } = await openTestCore(department.station('asks'))
    await WorkerProcess.start(department.station('b'), onTestFinished)
    fillDisk(join(files, 'filler'), 400)
    const { id } = await ask(core, 'batches.start', { paths: [await pictures(200)], options: {} })
    await until(core, id, 'interrupted')
    const { batch } = await ask(core, 'batches.get', { id })
    expect(batch.failure).toMatchObject({ code: 'disk-full' })
    expect(batch.counts.analysed).toBeGreaterThan(0)
    expect(batch.counts.failed + batch.counts.remaining).toBeGreaterThan(0)
    fillDisk(join(files, 'rest'), 0)
    // What a reader opens is on record as what it is: a file that could not be kept.
    const [opened] = await openPaths(core, await writePicture(temporaryFolder(), 'opened.png', 900))
    expect(opened).toMatchObject({ status: 'failed', caseId: expect.any(String), failure: { code: 'disk-full' } })

    for (const name of ['filler', 'rest']) rmSync(join(files, name))
    await ask(core, 'batches.retry', { id })
    await until(core, id, 'completed')
    expect((await ask(core, 'batches.get', { id })).batch.counts).toMatchObject({
      total: 200,
      analysed: 200,
      failed: 0,
    })
    expect(await countsOf(database)).toEqual({ cases: 201, results: 200, read: 200, told: 200 })
    expect((await core.store.verifyRecord({})).broken).toBeNull()
  }, 240_000)
})

describe('while the department’s record is away', () => {
  it('a workstation whose own disk is full tells whoever asks, keeps what it kept, and loses no line to half of another', async ({
    skip,
  }) => {
    const { server, database, root } = await departmentAlone()
    const problem = onSmallDisk(root, 1_500)
    skip(problem !== null, problem ?? '')
    const file = join(root, 'outbox.jsonl')
    const filler = join(root, 'filler')
    const { core, close } = await openTestCore(root)
    await ask(core, 'department.outbox', {})
    await server.stop()
    const folder = temporaryFolder()
    const open = async (name: string, seed: number) =>
      (await openPaths(core, await writePicture(folder, name, seed)))[0]
    expect(await open('kept.png', 1)).toMatchObject({ status: 'analysed' })
    const kept = readFileSync(file, 'utf8')
    // Some lines find room still; then none does.
    fillDisk(filler, 4)
    const told: (Outcome | undefined)[] = []
    for (let seed = 2; seed < 40 && told.length < 3; seed++) {
      const outcome = await open(`away-${seed}.png`, seed)
      if (outcome?.status === 'failed') told.push(outcome)
    }
    expect(told).toHaveLength(3)
    for (const outcome of told)
      expect(outcome).toMatchObject({ caseId: null, failure: { code: 'disk-full', action: expect.any(String) } })
    const left = readFileSync(file, 'utf8')
    expect(left.startsWith(kept)).toBe(true)
    for (const line of left.split('\n').slice(0, -1)) expect(() => JSON.parse(line)).not.toThrow()
    expect(left.endsWith('\n')).toBe(true)

    rmSync(filler)
    expect(await open('later.png', 50)).toMatchObject({ status: 'analysed' })
    const closing = close()
    await sleep(100)
    await server.start()
    await closing
    // What a start finds is whole lines, all of which it delivers.
    const next = await openTestCore(root)
    await expect.poll(() => existsSync(file), { timeout: 60_000 }).toBe(false)
    const { rows } = await ask(next.core, 'cases.list', { query: {} })
    const analysed = rows.filter(({ state }) => state === 'analysed').map(({ fileName }) => fileName)
    expect(analysed).toContain('kept.png')
    expect(analysed).toContain('later.png')
    expect(await countsOf(database)).toMatchObject({ results: analysed.length, read: analysed.length })
    expect((await next.core.store.verifyRecord({})).broken).toBeNull()
  }, 240_000)
})
