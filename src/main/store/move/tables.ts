import type pg from 'pg'
import { SCHEMA } from '../postgres/pool.ts'
import type { Kind } from './cells.ts'

/** A table that is carried over. */
export interface Table {
  name: string
  /** Without what is worked out by each database itself; by name, so that both sides have the same order. */
  columns: { name: string; kind: Kind }[]
  /** What its rows are in the order of: a key that is a number, else the hidden `rowid`. */
  place: string
}

/** Not carried over: worked out of the rows (postgres/kept.ts), or of the schema itself. */
const DERIVED = ['case_counts', 'case_texts']
const OF_SCHEMA = ['kysely_migration', 'kysely_migration_lock']
const DERIVED_COLUMNS = [`('cases', 'urgency')`, `('cases', 'waited')`]

const KINDS: Record<string, Kind> = {
  text: 'text',
  bigint: 'whole',
  'double precision': 'real',
  bytea: 'bytes',
}

const listed = (names: string[]) => names.map((name) => `'${name}'`).join(', ')

const COLUMNS = `
select t.relname as table, a.attname as name, format_type(a.atttypid, null) as type,
  (select k.attname from pg_index i join pg_attribute k on k.attrelid = t.oid and k.attnum = i.indkey[0]
    where i.indrelid = t.oid and i.indisprimary and i.indnatts = 1 and k.atttypid = 'bigint'::regtype) as key
from pg_class t join pg_attribute a on a.attrelid = t.oid
where t.relnamespace = '${SCHEMA}'::regnamespace and t.relkind = 'r' and a.attnum > 0 and not a.attisdropped
  and t.relname not in (${listed([...DERIVED, ...OF_SCHEMA])})
  and a.attname <> 'rowid' and (t.relname, a.attname) not in (${DERIVED_COLUMNS.join(', ')})
order by t.relname collate "C", a.attname collate "C"`

const REFERENCES = `
select distinct t.relname as table, r.relname as refers
from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class r on r.oid = c.confrelid
where c.contype = 'f' and t.relnamespace = '${SCHEMA}'::regnamespace and t.oid <> r.oid`

/** All tables of the newest schema, each after those that it refers to. */
export async function tablesOf(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<{ table: string; name: string; type: string; key: string | null }>(COLUMNS)
  const tables = new Map<string, Table>()
  for (const { table, name, type, key } of rows) {
    const kind = KINDS[type]
    if (!kind) throw new Error(`${table}.${name} is ${type}, which no move carries over`)
    const known = tables.get(table) ?? { name: table, columns: [], place: key ?? 'rowid' }
    known.columns.push({ name, kind })
    tables.set(table, known)
  }
  const references = await client.query<{ table: string; refers: string }>(REFERENCES)
  return inOrder(tables, references.rows)
}

function inOrder(tables: Map<string, Table>, references: { table: string; refers: string }[]): Table[] {
  const placed = new Map<string, Table>()
  const place = (name: string, above: string[]): void => {
    const table = tables.get(name)
    if (!table || placed.has(name)) return
    if (above.includes(name)) throw new Error(`tables refer to each other: ${[...above, name].join(', ')}`)
    for (const one of references) if (one.table === name) place(one.refers, [...above, name])
    placed.set(name, table)
  }
  for (const name of tables.keys()) place(name, [])
  return [...placed.values()]
}

/** The columns that a row is read and written by. */
export const namesOf = ({ columns }: Table): string => columns.map(({ name }) => `"${name}"`).join(', ')
