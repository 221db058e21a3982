import { expect, it, onTestFinished } from 'vitest'
import { departmentSchema } from '../../src/shared/department.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { pictures } from './support/pictures.ts'
import { makeDepartment } from './support/station.ts'
import { WorkerProcess } from './support/worker.ts'

it('a workstation alone has no department', async () => {
  const { core } = await openTestCore(temporaryFolder())
  expect(await ask(core, 'department.get', {})).toBeNull()
  await expect(ask(core, 'department.retry', {})).rejects.toThrow('department-missing')
})

it('tells who works, who is not heard of any more, and who does the chores', async () => {
  const { station } = await makeDepartment()
  const a = await openTestCore(station('a'))
  await a.core.resume()
  const b = await WorkerProcess.start(station('b'), onTestFinished)
  const status = async () => departmentSchema.parse(await ask(a.core, 'department.get', {}))
  const states = async () => Object.fromEntries((await status()).stations.map(({ name, state }) => [name, state]))
  await expect.poll(states, { timeout: 30_000 }).toEqual({ a: 'works', b: 'works' })
  expect(await status()).toMatchObject({ here: 'a', queue: { waiting: 0, underWay: 0, putAside: 0 } })
  // Who does the chores, and what each takes, is known on all of them.
  const told = async () => (await status()).stations.map(({ name, leads, casesAtOnce }) => [name, leads, casesAtOnce])
  await expect
    .poll(async () => (await told()).toSorted(), { timeout: 30_000 })
    .toEqual([
      ['a', true, 32],
      ['b', false, 32],
    ])
  await openPaths(a.core, await pictures(3))
  const done = async () => {
    const { doneLastMinute, oldestSeconds } = (await status()).queue
    return { doneLastMinute, oldestSeconds }
  }
  // The queue itself counts what waits within some seconds.
  await expect.poll(done, { timeout: 30_000 }).toEqual({ doneLastMinute: 3, oldestSeconds: null })
  await b.end()
  // Who ended properly is no news.
  await expect.poll(states, { timeout: 30_000 }).toEqual({ a: 'works' })
})
