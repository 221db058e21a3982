import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { anyCase } from '../support/cases.ts'
import { openPaths, openTestCore } from '../support/core.ts'
import { pictures } from './support/pictures.ts'
import { query } from './support/server.ts'
import { makeDepartment } from './support/station.ts'
import { WorkerProcess } from './support/worker.ts'

it('a workstation reads files by the department’s queue, and all workstations see the record', async () => {
  const { station } = await makeDepartment()
  const a = await openTestCore(station('a'))
  const b = await openTestCore(station('b'))
  const told = new Set<string>()
  onTestFinished(b.core.events.subscribe((event) => void (event.type === 'case' && told.add(event.id))))
  const outcomes = await openPaths(a.core, await pictures(12))
  expect(outcomes.map(({ status }) => status)).toEqual(Array(12).fill('analysed'))
  const { rows } = await b.core.store.listCases(anyCase, 0, 100)
  expect(rows).toHaveLength(12)
  expect(rows.every(({ state }) => state === 'analysed')).toBe(true)
  // Its screens are told, too.
  await expect.poll(() => told.size).toBe(12)
  expect((await b.core.store.verifyRecord({})).broken).toBeNull()
})

it('workstations tell the time by the clock of the database, however wrong their own is', async () => {
  const department = await makeDepartment()
  const hour = join(import.meta.dirname, 'support', 'an-hour-ahead.ts')
  const ahead = await WorkerProcess.start(department.station('ahead'), onTestFinished, ['--import', hour])
  const { core } = await openTestCore(department.station('asks'))
  const outcomes = await openPaths(core, await pictures(40))
  expect(outcomes.every(({ status }) => status === 'analysed')).toBe(true)
  expect(await ahead.end()).toBe(0)
  const [told] = await query<{ far: number; back: number }>(
    department.database,
    `select max(abs(extract(epoch from at::timestamptz - now())))::float as far,
      count(*) filter (where act = 'clock.set-back')::int as back from gyrus.audit`,
  )
  expect(told?.far).toBeLessThan(600)
  expect(told?.back).toBe(0)
})
