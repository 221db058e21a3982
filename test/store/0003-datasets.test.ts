import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { Kysely } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'
import { StoreDialect } from '../../src/main/store/dialect/sqlite.ts'
import { openReadStore, openStore } from '../../src/main/store/index.ts'
import { up as record } from '../../src/main/store/migrations/0001-record.ts'
import { up } from '../../src/main/store/migrations/0003-datasets.ts'
import type { RecordedDataset } from '../../src/main/store/types.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { itInSqlite, TAKEN } from '../support/only-sqlite.ts'

const none = { images: 0, training: 0, validation: 0, testing: 0 }
const entry = (change: Partial<RecordedDataset> = {}): RecordedDataset => ({
  name: 'brain',
  version: 1,
  sha256: 'a'.repeat(64),
  contentSha256: 'b'.repeat(64),
  manifestSha256: 'c'.repeat(64),
  importedAt: '2026-11-24T10:00:00.000Z',
  importedBy: 'Dr A',
  origin: { kind: 'files', path: '/sets/brain', patients: null, map: { astro: 'glioma' } },
  images: 3,
  unreadable: 1,
  perClass: { glioma: { ...none, images: 3, testing: 1 }, meningioma: none, notumor: none, pituitary: none },
  ...change,
})

async function openTestStore() {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await openStore(file)
  onTestFinished(() => store.close())
  return { store, file }
}

it('keeps versions as they were given, newest first', async () => {
  const { store } = await openTestStore()
  const versions = [entry(), entry({ version: 2, images: 4 }), entry({ name: 'another' })]
  for (const one of versions) await store.addDataset(one)
  expect(await store.listDatasets()).toEqual([versions[2], versions[1], versions[0]])
})

it('gives a number once, and the row and its audit entry go together', async () => {
  const { store, file } = await openTestStore()
  await store.addDataset(entry())
  await expect(store.addDataset(entry({ sha256: 'd'.repeat(64) }))).rejects.toThrow(TAKEN)
  const sqlite = new SQLite(file)
  onTestFinished(() => void sqlite.close())
  const entries = sqlite.prepare('select actor, act, subject, detail from audit').all() as { detail: string }[]
  expect(entries).toMatchObject([{ actor: 'Dr A', act: 'dataset.imported', subject: 'brain@1' }])
  expect(JSON.parse(entries[0]?.detail ?? '')).toMatchObject({
    manifest: 'c'.repeat(64),
    content: 'b'.repeat(64),
    binds: { 'datasets/brain@1': expect.stringMatching(/^[0-9a-f]{64}$/) },
  })
})

it('is append-only', async () => {
  const { store, file } = await openTestStore()
  await store.addDataset(entry())
  const sqlite = new SQLite(file)
  onTestFinished(() => void sqlite.close())
  expect(() => sqlite.exec(`update datasets set sha256 = 'x'`)).toThrow('append-only')
  expect(() => sqlite.exec('delete from datasets')).toThrow('append-only')
})

itInSqlite('is added to a record that was there before it; until then that has no sets', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const older = new Kysely<unknown>({ dialect: new StoreDialect(new SQLite(file)) })
  await record(older)
  const reader = openReadStore(file)
  expect(await reader.listDatasets()).toEqual([])
  await up(older)
  expect(await reader.listDatasets()).toEqual([])
  await reader.close()
  await older.destroy()
})
