import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { query } from './support/server.ts'
import { departmentAlone } from './support/station.ts'

const countsOf = async (database: string) => {
  const [counted] = await query(
    database,
    `select (select count(*)::int from gyrus.cases) as cases, (select count(*)::int from gyrus.results) as results,
      (select count(*)::int from gyrus.audit where act = 'case.analysed') as told`,
  )
  return counted
}

it('reading goes on while the department’s record is away, and what was read is delivered once', async () => {
  const { server, database, root } = await departmentAlone()
  const file = join(root, 'outbox.jsonl')
  const { core } = await openTestCore(root)
  const outbox = () => ask(core, 'department.outbox', {})
  expect(await outbox()).toEqual({ cases: [], away: false })
  await ask(core, 'cases.list', { query: {} })
  await openPaths(core, await writePicture(temporaryFolder(), 'before.png', 1))
  await server.stop()
  const folder = temporaryFolder()
  for (const seed of [2, 3]) await writePicture(folder, `away-${seed}.png`, seed)
  writeFileSync(join(folder, 'broken.png'), 'no picture')
  const outcomes = await openPaths(core, folder)
  expect(outcomes.map(({ status }) => status)).toEqual(['analysed', 'analysed', 'failed'])
  const { cases } = await outbox()
  expect(cases.map(({ fileName, read }) => [fileName, read]).toSorted()).toEqual([
    ['away-2.png', true],
    ['away-3.png', true],
    ['broken.png', true],
  ])
  expect(cases.find(({ fileName }) => fileName === 'away-2.png')?.label).toBe(
    outcomes[0]?.status === 'analysed' ? outcomes[0].label : 'none',
  )
  expect(existsSync(file)).toBe(true)

  await server.start()
  await expect.poll(outbox, { timeout: 40_000 }).toEqual({ cases: [], away: false })
  expect(existsSync(file)).toBe(false)
  expect(await countsOf(database)).toEqual({ cases: 4, results: 3, told: 3 })
  expect((await core.store.verifyRecord({})).broken).toBeNull()
  const { rows } = await ask(core, 'cases.list', { query: {} })
  expect(rows.map(({ state }) => state).toSorted()).toEqual(['analysed', 'analysed', 'analysed', 'failed'])
}, 240_000)

it('what waits is there again after an end, and what was delivered already is not there twice', async () => {
  const { server, database, root } = await departmentAlone()
  const file = join(root, 'outbox.jsonl')
  const first = await openTestCore(root)
  await ask(first.core, 'department.outbox', {})
  await server.stop()
  await openPaths(first.core, await writePicture(temporaryFolder(), 'away.png', 5))
  const waiting = readFileSync(file, 'utf8')
  expect(waiting.split('\n').filter(Boolean).length).toBeGreaterThanOrEqual(2)
  const closing = first.close()
  await server.start()
  await closing
  const second = await openTestCore(root)
  await expect.poll(() => existsSync(file), { timeout: 40_000 }).toBe(false)
  await second.close()
  // As if it had ended after the delivery, and before it wrote that down; the last line was left in half.
  writeFileSync(file, `${waiting}{"method":"compl`)
  const third = await openTestCore(root)
  await expect.poll(() => existsSync(file), { timeout: 40_000 }).toBe(false)
  expect(await countsOf(database)).toEqual({ cases: 1, results: 1, told: 1 })
  expect((await third.core.store.verifyRecord({})).broken).toBeNull()
}, 240_000)

it('what is no outbox is told, and nothing of it is lost', async () => {
  const { root } = await departmentAlone()
  const file = join(root, 'outbox.jsonl')
  writeFileSync(file, 'not ours\n')
  await expect(openTestCore(root)).rejects.toMatchObject({ code: 'outbox-unreadable' })
  expect(readFileSync(file, 'utf8')).toBe('not ours\n')
})
