import SQLite from 'better-sqlite3'
import { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { expect } from 'vitest'
import { StoreDialect } from '../../src/main/store/dialect/sqlite.ts'
import { itInSqlite } from '../support/only-sqlite.ts'

itInSqlite(
  'takes back all migrations of a start where one breaks off, so that the next start finds the record as it was',
  async () => {
    const sqlite = new SQLite(':memory:')
    const db = new Kysely<unknown>({ dialect: new StoreDialect(sqlite) })
    const table = (name: string) => db.schema.createTable(name).addColumn('id', 'integer')
    const make = (name: string) => async (trx: Kysely<unknown>) =>
      trx.schema.createTable(name).addColumn('id', 'integer').execute()
    await table('before').execute()
    const broken: Migration = {
      async up(trx) {
        await make('second')(trx)
        throw new Error('killed')
      },
    }
    const migrate = (second: Migration) =>
      new Migrator({
        db,
        provider: { getMigrations: async () => ({ '1': { up: make('first') }, '2': second }) },
      }).migrateToLatest()
    expect((await migrate(broken)).error).toMatchObject({ message: 'killed' })
    const tables = () =>
      sqlite
        .prepare(`select name from sqlite_schema where type = 'table' and name not like 'kysely_%' order by name`)
        .pluck()
        .all()
    expect(tables()).toEqual(['before'])
    expect((await migrate({ up: make('second') })).error).toBeUndefined()
    expect(tables()).toEqual(['before', 'first', 'second'])
    await db.destroy()
  },
)
