import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { query } from './support/server.ts'
import { departmentAlone } from './support/station.ts'

it('a database that is begun anew in the middle of a batch loses nothing and doubles nothing', async () => {
  const { server, database, root } = await departmentAlone()
  const { core } = await openTestCore(root)
  const images = temporaryFolder()
  for (let seed = 0; seed < 150; seed++) await writePicture(images, `${seed}.png`, seed)
  const outcomes = openPaths(core, images)
  for (const how of ['SIGINT', 'SIGQUIT'] as const) {
    await sleep(900)
    await server.stop(how)
    await sleep(1_500)
    await server.start()
  }
  const all = await outcomes
  expect(all.flatMap((one) => (one.status === 'failed' ? [one.failure] : []))).toEqual([])
  expect(all.map(({ status }) => status)).toEqual(Array(150).fill('analysed'))
  const [counted] = await query(
    database,
    `select count(*)::int as results, count(distinct case_id)::int as cases from gyrus.results`,
  )
  expect(counted).toEqual({ results: 150, cases: 150 })
  expect((await core.store.verifyRecord({})).broken).toBeNull()
}, 240_000)

it('while the database is away for long, who asks is told so, and afterwards all is as before', async () => {
  const { server, root } = await departmentAlone()
  const { core } = await openTestCore(root)
  await ask(core, 'cases.list', { query: {} })
  await server.stop()
  await expect(ask(core, 'cases.list', { query: {} })).rejects.toThrow('database-unreachable')
  await server.start()
  expect((await ask(core, 'cases.list', { query: {} })).rows).toEqual([])
}, 120_000)
