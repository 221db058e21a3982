import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { describe, expect, it, onTestFinished } from 'vitest'
import { StoreDialect } from '../../src/main/store/dialect/sqlite.ts'
import { openStore } from '../../src/main/store/index.ts'
import { MIGRATIONS } from '../../src/main/store/migrations/index.ts'
import { DEFAULT_MOUSE } from '../../src/shared/keys.ts'
import type { Preferences } from '../../src/shared/preferences.ts'
import { anyCase } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { itInSqlite } from '../support/only-sqlite.ts'

const CHOSEN: Preferences = {
  keys: { invert: 'x', 'next-unread': null },
  mouse: { left: 'length', middle: 'none', right: 'pan' },
}

async function open(file: string) {
  const store = await openStore(file)
  onTestFinished(() => store.close())
  return store
}

/** A record as the first version of the schema left it, with one case. */
async function writeFirstRecord(file: string): Promise<void> {
  const sqlite = new SQLite(file)
  const db = new Kysely({ dialect: new StoreDialect(sqlite) })
  const migrations = Object.fromEntries(Object.entries(MIGRATIONS).slice(0, 1))
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest()
  if (error) throw error
  sqlite.exec(`insert into cases (id, received_at, received_by, source, file_name, state)
    values ('01a20b86-4415-7652-baa7-ec2261ff2f60', '2026-01-01T00:00:00.000Z', 'Dr A', 'file', 'old.png', 'received')`)
  await db.destroy()
}

describe('migration 0002: preferences', () => {
  itInSqlite('brings a record of the first version up to date and keeps its cases', async () => {
    const file = join(temporaryFolder(), 'gyrus.sqlite')
    await writeFirstRecord(file)
    const store = await open(file)
    expect((await store.listCases(anyCase, 0, 10)).rows.map((row) => row.fileName)).toEqual(['old.png'])
    await store.setPreferences('Dr A', CHOSEN)
    expect(await store.preferencesOf('Dr A')).toEqual(CHOSEN)
  })

  it('keeps what each reader set, also after Gyrus was closed', async () => {
    const file = join(temporaryFolder(), 'gyrus.sqlite')
    const before = await openStore(file)
    await before.setPreferences('Dr A', { keys: { invert: 'y' }, mouse: DEFAULT_MOUSE })
    await before.setPreferences('Dr A', CHOSEN)
    await before.close()
    const store = await open(file)
    expect(await store.preferencesOf('Dr A')).toEqual(CHOSEN)
    expect(await store.preferencesOf('Dr B')).toEqual({ keys: {}, mouse: DEFAULT_MOUSE })
  })

  it.each(['no JSON', '{"keys":{"fly":"x"}}'])('says so when what is kept cannot be read (%s)', async (value) => {
    const file = join(temporaryFolder(), 'gyrus.sqlite')
    const store = await open(file)
    const sqlite = new SQLite(file)
    sqlite.prepare(`insert into preferences values ('Dr A', ?, '')`).run(value)
    sqlite.close()
    await expect(store.preferencesOf('Dr A')).rejects.toMatchObject({ code: 'preferences-unreadable' })
    await store.setPreferences('Dr A', CHOSEN)
    expect(await store.preferencesOf('Dr A')).toEqual(CHOSEN)
  })
})
