import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { query } from './support/server.ts'
import { makeDepartment } from './support/station.ts'

/** What each database works out by itself, or keeps of its own schema. */
const OWN = /^(case_texts|case_search.*|kysely_.*|sqlite_.*)$/
/** Numbers that PostgreSQL keeps with a fraction are whatever they are in a column of SQLite. */
const KINDS: Record<string, string[]> = {
  TEXT: ['text'],
  INTEGER: ['bigint', 'double precision'],
  REAL: ['double precision'],
  BLOB: ['bytea'],
}

interface Column {
  table: string
  name: string
  type: string
  required: number
}

it('both databases have the same tables with the same columns', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  await (await openStore(file)).close()
  const sqlite = new SQLite(file, { readonly: true })
  const ours = sqlite
    .prepare(
      `select t.name as "table", c.name, upper(c.type) as type, c."notnull" or c.pk > 0 as required
       from pragma_table_list as t join pragma_table_info(t.name) as c where t.schema = 'main' and t.type = 'table'`,
    )
    .all() as Column[]
  sqlite.close()
  const { database } = await makeDepartment()
  const theirs = await query<Column>(
    database,
    `select table_name as "table", column_name as name, data_type as type, (is_nullable = 'NO')::int as required
     from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'gyrus' and table_type = 'BASE TABLE' and column_name <> 'rowid'`,
  )
  const known = (columns: Column[]) => columns.filter(({ table }) => !OWN.test(table))
  const named = (columns: Column[]) =>
    columns.map(({ table, name, required }) => `${table}.${name}${required ? '' : ', or nothing'}`).sort()
  expect(named(known(theirs))).toEqual(named(known(ours)))
  const types = new Map(known(theirs).map(({ table, name, type }) => [`${table}.${name}`, type]))
  const others = known(ours).filter(
    ({ table, name, type }) => !KINDS[type]?.includes(types.get(`${table}.${name}`) ?? ''),
  )
  expect(others).toEqual([])
}, 60_000)
