import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { distanceQuery } from '../../src/main/store/monitoring.ts'
import { openDatabase } from '../../src/main/store/open.ts'
import type { Store } from '../../src/main/store/types.ts'
import { makeRecord, verify } from '../support/audit.ts'
import { newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { itInSqlite } from '../support/only-sqlite.ts'
import { undoFrom } from '../support/undo.ts'

const statistics = { brightness: 81.5, contrast: 40.25, sharpness: 2.5, noise: 1.25, head: 0.5 }
const EVER = { from: '2000-01-01T00:00:00.000Z', until: '2100-01-01T00:00:00.000Z' }

const distances = async (store: Store) =>
  (await store.answersBetween(EVER, null, 1_000)).answers.map(({ distance }) => distance)

it('answers from before it have no distance, later ones have, cannot lose it, and the record stays sound', async () => {
  const file = await makeRecord(temporaryFolder())
  await undoFrom(file, '0019-feature-distance')
  const store = await openStore(file)
  const before = await distances(store)
  expect(before.length).toBeGreaterThan(0)
  expect(before.every((one) => one === null)).toBe(true)
  const all = [newCase(), newCase(), newCase()]
  await store.receive(all)
  const [one, two, three] = all.map(({ id }) => id) as [string, string, string]
  await store.complete([
    newResult(one, { modelId: 'other', statistics }),
    newResult(two, { modelId: 'other', statistics, distance: 1.25 }),
    newResult(three, { modelId: 'mine', statistics, distance: 0.75 }),
  ])
  expect((await distances(store)).slice(before.length)).toEqual([null, 1.25, 0.75])
  const first = await store.firstWithDistance('mine')
  expect(first).toBeGreaterThan((await store.firstWithDistance('other')) ?? Number.POSITIVE_INFINITY)
  expect(await store.firstWithDistance('none')).toBeNull()
  await store.close()
  const sqlite = new SQLite(file)
  expect(() => sqlite.exec('update input_statistics set distance = 0')).toThrow('append-only')
  sqlite.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})

itInSqlite('a model’s first answer with a distance is found without walking over answers that have none', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  await (await openStore(file)).close()
  const db = await openDatabase(file)
  onTestFinished(() => db.destroy())
  const { sql, parameters } = distanceQuery(db, 'efl0-2').compile()
  const sqlite = new SQLite(file, { readonly: true })
  onTestFinished(() => void sqlite.close())
  const plan = (sqlite.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[]).map(
    ({ detail }) => detail,
  )
  expect(plan.join('\n')).not.toContain('TEMP B-TREE')
  expect(plan[0]).toMatch(/SCAN i USING (COVERING )?INDEX input_statistics_distance/)
})
