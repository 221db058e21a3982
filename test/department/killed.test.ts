import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import type { Outcome } from '../../src/main/core/analyser.ts'
import { openPaths, openTestCore } from '../support/core.ts'
import { pictures } from './support/pictures.ts'
import { query } from './support/server.ts'
import { makeDepartment, type TestDepartment } from './support/station.ts'
import { WorkerProcess } from './support/worker.ts'

/** `npm run test:department` kills a hundred times; beside all other tests a few have to do. */
const KILLS = Number(process.env.GYRUS_KILLS ?? 6)

/** Each case has one result and is analysed, once by somebody; and the record is sound. */
async function expectOnce({ database }: TestDepartment, cases: number): Promise<void> {
  const [counted] = await query(
    database,
    `select count(*)::int as results, count(distinct case_id)::int as cases,
    (select count(*)::int from gyrus.cases where state = 'analysed') as analysed,
    (select count(*)::int from gyrus.audit where act = 'case.analysed') as told from gyrus.results`,
  )
  expect(counted).toEqual({ results: cases, cases, analysed: cases, told: cases })
}

it(`workers that are killed ${KILLS} times in a batch lose nothing and double nothing`, async () => {
  const department = await makeDepartment()
  const count = 60 + 10 * KILLS
  const images = await pictures(count)
  const { core } = await openTestCore(department.station('asks'))
  const outcomes = openPaths(core, images)
  let ended = false
  void outcomes.finally(() => {
    ended = true
  })
  const roots = ['b', 'c'].map((name) => department.station(name))
  const workers = await Promise.all(roots.map((root) => WorkerProcess.start(root, onTestFinished)))
  for (let kill = 0; kill < KILLS && !ended; kill++) {
    await sleep(200 + ((kill * 137) % 500))
    const nth = kill % workers.length
    await workers[nth]?.kill()
    workers[nth] = await WorkerProcess.start(roots[nth] as string, onTestFinished)
  }
  expect(statusesOf(await outcomes)).toEqual({ analysed: count })
  await expectOnce(department, count)
  expect((await core.store.verifyRecord({})).broken).toBeNull()
}, 1_800_000)

it('a worker that was cut off while it worked is not waited for, and doubles nothing when it comes back', async () => {
  const department = await makeDepartment()
  const { core } = await openTestCore(department.station('asks'))
  const worker = await WorkerProcess.start(department.station('b'), onTestFinished)
  const outcomes = openPaths(core, await pictures(120))
  await sleep(1_000)
  worker.freeze()
  expect(statusesOf(await outcomes)).toEqual({ analysed: 120 })
  worker.thaw()
  await sleep(1_000)
  await expectOnce(department, 120)
  expect(await worker.end()).toBe(0)
}, 180_000)

function statusesOf(outcomes: Outcome[]): Record<string, number> {
  const counted: Record<string, number> = {}
  for (const { status } of outcomes) counted[status] = (counted[status] ?? 0) + 1
  return counted
}
