import SQLite from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { makeRecord, verify } from '../support/audit.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { fillGuarded } from '../support/guarded.ts'
import { itInSqlite } from '../support/only-sqlite.ts'
import { addAdjudicated } from '../support/second.ts'
import { undoFrom } from '../support/undo.ts'

let file = ''
beforeAll(async () => {
  const cleanup = new Cleanup()
  file = await makeRecord(temporaryFolder(cleanup.add))
  await addAdjudicated(file)
  // As an older Gyrus left it.
  await undoFrom(file, '0015-no-replacing')
  const store = await openStore(file)
  await fillGuarded(store)
  await store.close()
  return cleanup.run
})

const guardedTables = (sqlite: SQLite.Database) =>
  (
    sqlite
      .prepare(`select tbl_name from sqlite_master where name like '%\\_no\\_delete' escape '\\'`)
      .pluck()
      .all() as string[]
  ).sort()

describe('insert or replace', () => {
  itInSqlite('is refused for the key of every row that is there, in every table that allows no deletion', () => {
    const sqlite = new SQLite(file)
    sqlite.pragma('foreign_keys = OFF')
    const tables = guardedTables(sqlite)
    expect(tables).toHaveLength(28)
    for (const table of tables) {
      const before = sqlite.prepare(`select * from ${table}`).all() as Record<string, unknown>[]
      expect(before.length, table).toBeGreaterThan(0)
      for (const { name, columns } of uniqueKeys(sqlite, table)) {
        const row = before.find((one) => columns.every((column) => one[column] !== null))
        if (!row) continue
        const forged = forge(sqlite, table, row, columns)
        const names = Object.keys(forged)
        const insert = sqlite.prepare(
          `insert or replace into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
        )
        expect(() => insert.run(...Object.values(forged)), `${table}: ${name}`).toThrow('append-only')
      }
      expect(sqlite.prepare(`select * from ${table}`).all()).toEqual(before)
    }
    sqlite.close()
  })

  it('does not touch a record from before, which stays sound', async () => {
    expect(await verify(file)).toMatchObject({ broken: null })
  })
})

/** The primary key and all unique indexes, with the columns of each. */
function uniqueKeys(sqlite: SQLite.Database, table: string): { name: string; columns: string[] }[] {
  const primary = sqlite.prepare('select name from pragma_table_info(?) where pk > 0 order by pk').pluck().all(table)
  const indexes = sqlite
    .prepare('select name from pragma_index_list(?) where "unique" = 1')
    .pluck()
    .all(table) as string[]
  const of = sqlite.prepare('select name from pragma_index_info(?) where name is not null').pluck()
  const found = indexes.map((name) => ({ name, columns: of.all(name) as string[] }))
  return [{ name: 'primary key', columns: primary as string[] }, ...found].filter(({ columns }) => columns.length > 0)
}

/** The same key and all else another, so that no other key is in the way. */
function forge(sqlite: SQLite.Database, table: string, row: Record<string, unknown>, key: string[]) {
  const other = uniqueKeys(sqlite, table)
    .flatMap(({ columns }) => columns)
    .filter((column) => !key.includes(column))
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (!other.includes(column) || value === null) return [column, value]
      return [column, typeof value === 'number' ? 90_000 + value : `${value}x`]
    }),
  )
}
