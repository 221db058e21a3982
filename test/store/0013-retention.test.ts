import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { expect, onTestFinished } from 'vitest'
import { StoreDialect } from '../../src/main/store/dialect/sqlite.ts'
import { openStore } from '../../src/main/store/index.ts'
import { MIGRATIONS } from '../../src/main/store/migrations/index.ts'
import { makeRecord, verify } from '../support/audit.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { itInSqlite } from '../support/only-sqlite.ts'
import { undoFrom } from '../support/undo.ts'

itInSqlite(
  'a record from before it gets holds, tombstones of images and rules when it is opened, and stays sound',
  async () => {
    const file = await makeRecord(temporaryFolder())
    await undoFrom(file, '0013-retention')
    const sqlite = new SQLite(file)
    onTestFinished(() => void sqlite.close())
    const [signed, other] = sqlite
      .prepare(`select id from cases where state != 'received' order by state desc`)
      .pluck()
      .all() as string[]
    const store = await openStore(file)
    expect(await store.retentionSettings()).toEqual({
      ...{ setAt: null, last: null, clockSeq: 0 },
      rules: { imagesMonths: null, casesYears: null, unsigned: false },
    })
    await store.setRetention({ imagesMonths: 6, casesYears: 10, unsigned: true }, 'Dr A')
    expect((await store.retentionSettings()).rules).toEqual({ imagesMonths: 6, casesYears: 10, unsigned: true })
    await store.removeImages({ caseIds: [signed ?? ''], by: 'gyrus', rule: 'images-of-signed-cases-6-months' })
    await store.placeHold({ caseId: other ?? '', scope: 'case', by: 'Dr A', reason: 'the court asks about MÜLLER' })
    await store.close()
    expect(await verify(file)).toMatchObject({ broken: null })
    // What is said once stays said.
    for (const table of ['image_removals', 'legal_holds']) {
      expect(() => sqlite.exec(`delete from ${table}`)).toThrow('append-only')
      expect(() => sqlite.exec(`update ${table} set case_id = '${signed}'`)).toThrow('append-only')
    }
    expect(() => sqlite.exec(`update legal_holds set reason = 'erased'`)).toThrow('append-only')
    expect(() =>
      sqlite.exec('insert into image_removals select 9, case_id, removed_at, removed_by, rule from image_removals'),
    ).toThrow('append-only')
  },
)

itInSqlite('comes after any migration that is put between it and the one before', async () => {
  const sqlite = new SQLite(join(temporaryFolder(), 'gyrus.sqlite'))
  const db = new Kysely<unknown>({ dialect: new StoreDialect(sqlite) })
  onTestFinished(() => db.destroy())
  const between: Migration = { up: (db) => db.schema.alterTable('cases').addColumn('later', 'text').execute() }
  const getMigrations = async () => ({ ...MIGRATIONS, '0012-between': between })
  const { error, results } = await new Migrator({ db, provider: { getMigrations } }).migrateToLatest()
  expect(error).toBeUndefined()
  const names = (results ?? []).map(({ migrationName }) => migrationName)
  expect(names.slice(names.indexOf('0011-care'))).toEqual(expect.arrayContaining(['0012-between', '0013-retention']))
  expect(names).toEqual(names.toSorted())
})
