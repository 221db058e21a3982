import SQLite from 'better-sqlite3'
import { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { StoreDialect } from '../../src/main/store/dialect/sqlite.ts'
import { MIGRATIONS } from '../../src/main/store/migrations/index.ts'
import { type DatabaseKey, openSqlite } from '../../src/main/store/sqlite.ts'

interface Part {
  type: 'table' | 'index' | 'trigger' | 'view'
  name: string
  sql: string
}

/**
 * Makes of a record one as it was before a migration, with what its rows say that had a place then: tables, columns,
 * indexes and triggers that came later go, and those that were changed are as before.
 */
export async function undoFrom(file: string, migration: string, key: DatabaseKey = null): Promise<void> {
  const sqlite = openSqlite(file, {}, key)
  try {
    sqlite.pragma('foreign_keys = OFF')
    // What refers to a table that is moved aside means the one that comes in its place.
    sqlite.pragma('legacy_alter_table = ON')
    const before = await schemaBefore(migration)
    const wanted = new Map(before.map((part) => [part.name, part]))
    const same = ({ name, sql }: Part) => wanted.get(name)?.sql === sql
    const now = partsOf(sqlite)
    // All of them: a trigger may speak of a table that goes.
    for (const part of now.filter(({ type }) => type !== 'table')) drop(sqlite, part)
    const tables = now.filter(({ type }) => type === 'table')
    // What they find is made anew from the rows.
    const virtual = tables.filter(({ sql }) => /^create virtual/i.test(sql))
    for (const part of virtual) if (!same(part)) drop(sqlite, part)
    for (const part of tables.filter((one) => !virtual.includes(one))) {
      const old = wanted.get(part.name)
      if (!old) drop(sqlite, part)
      else if (!same(part)) becomeAsBefore(sqlite, old)
    }
    const left = new Set(partsOf(sqlite).map(({ name }) => name))
    for (const { name, sql } of before) if (!left.has(name)) sqlite.exec(sql)
    sqlite.prepare('delete from kysely_migration where name >= ?').run(migration)
  } finally {
    sqlite.close()
  }
}

async function schemaBefore(migration: string): Promise<Part[]> {
  const sqlite = new SQLite(':memory:')
  const db = new Kysely<unknown>({ dialect: new StoreDialect(sqlite) })
  const provider = { getMigrations: async () => MIGRATIONS }
  const names = Object.keys(MIGRATIONS)
  const { error } = await new Migrator({ db, provider }).migrateTo(names[names.indexOf(migration) - 1] as string)
  if (error) throw error
  const parts = partsOf(sqlite)
  await db.destroy()
  return parts
}

const partsOf = (sqlite: SQLite.Database) =>
  sqlite
    .prepare(`select type, name, sql from sqlite_schema where sql is not null and name not like 'sqlite_%'
      and name not in (select name from pragma_table_list where type = 'shadow') order by rowid`)
    .all() as Part[]

const drop = (sqlite: SQLite.Database, { type, name }: Part) => sqlite.exec(`drop ${type} if exists "${name}"`)

/** The columns that it had, with their values. */
function becomeAsBefore(sqlite: SQLite.Database, { name, sql }: Part): void {
  sqlite.exec(`alter table "${name}" rename to now_${name}`)
  sqlite.exec(sql)
  const columns = sqlite.prepare(`select name from pragma_table_info(?)`).pluck()
  const now = columns.all(`now_${name}`)
  const kept = columns.all(name).filter((column) => now.includes(column))
  sqlite.exec(`insert or ignore into "${name}" (${kept.join(', ')}) select ${kept.join(', ')} from now_${name}`)
  sqlite.exec(`drop table now_${name}`)
}
