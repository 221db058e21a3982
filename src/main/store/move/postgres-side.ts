import type pg from 'pg'
import { GyrusError } from '../../../shared/errors.ts'
import { COUNTED_COLUMNS } from '../case-counts.ts'
import { SCHEMA } from '../postgres/pool.ts'
import { bitsOf, type Cell, type Kind, realOf } from './cells.ts'
import type { Page, Target } from './side.ts'
import { namesOf, type Table } from './tables.ts'

/** All values as PostgreSQL writes them, so that none loses a digit on the way. */
const AS_WRITTEN = { getTypeParser: () => (text: string) => text }

const FROM: Record<Kind, (written: string) => string> = {
  text: (written) => written,
  whole: (written) => written,
  real: (written) => bitsOf(Number(written)),
  // `\x…`
  bytes: (written) => written.slice(2),
}

const INTO: Record<Kind, (cell: string) => string> = {
  text: (cell) => cell,
  whole: (cell) => cell,
  real: (cell) => {
    const value = realOf(cell)
    return Object.is(value, -0) ? '-0' : String(value)
  },
  bytes: (cell) => `\\x${cell}`,
}

/** A department's database, through a connection in a transaction of its own. */
export class PostgresSide implements Target {
  readonly #client: pg.ClientBase

  constructor(client: pg.ClientBase) {
    this.#client = client
  }

  async count({ name }: Table): Promise<number> {
    const { rows } = await this.#client.query<{ n: number }>(`select count(*) as n from "${name}"`)
    return rows[0]?.n ?? 0
  }

  async page(table: Table, after: string, limit: number): Promise<Page> {
    const text = `select "${table.place}", ${namesOf(table)} from "${table.name}" where "${table.place}" > $1
      order by "${table.place}" limit $2`
    const query = { text, values: [after, limit], rowMode: 'array', types: AS_WRITTEN } as const
    const { rows } = await this.#client.query<[string, ...(string | null)[]]>(query)
    const kinds = table.columns.map(({ kind }) => kind)
    return {
      places: rows.map(([place]) => place),
      rows: rows.map(([, ...values]) => values.map((value, nth) => cellOf(value, kinds[nth] as Kind))),
    }
  }

  /** Each value is read by PostgreSQL as it reads one that is written into a statement. */
  async add(table: Table, { rows, places }: Page): Promise<void> {
    const objects = rows.map((row, nth) => {
      const cells = row.map((cell, at) => {
        const column = table.columns[at] as Table['columns'][number]
        return [column.name, cell === null ? null : INTO[column.kind](cell)] as const
      })
      return { ...Object.fromEntries(cells), rowid: places[nth] }
    })
    const names = `${namesOf(table)}, rowid`
    await this.#client.query(
      `insert into "${table.name}" (${names}) select ${names} from json_populate_recordset(null::"${table.name}", $1)`,
      [JSON.stringify(objects)],
    )
  }
}

const cellOf = (written: string | null, kind: Kind): Cell => (written === null ? null : FROM[kind](written))

/** @throws GyrusError `move-target-used` where a row is there already */
export async function refuseUsed(client: pg.ClientBase, tables: Table[]): Promise<void> {
  for (const { name } of tables) {
    const { rows } = await client.query<{ used: number }>(`select exists (select from "${name}") as used`)
    if (rows[0]?.used === 1) throw new GyrusError('move-target-used', { place: name })
  }
}

/**
 * Fills an empty database: rows as `copy` brings them, and what is worked out of them. Triggers rest meanwhile; indexes that
 * only make reading quick are made when the rows are there, each in one go.
 *
 * @param client of whoever owns the tables, in a transaction
 * @throws what `copy` and the database say
 */
export async function fillDepartment<T>(client: pg.ClientBase, tables: Table[], copy: () => Promise<T>): Promise<T> {
  const turn = async (how: 'disable' | 'enable') => {
    for (const { name } of tables) await client.query(`alter table "${name}" ${how} trigger user`)
  }
  await turn('disable')
  const indexes = await takeIndexesOff(client)
  const done = await copy()
  await makeIndexes(client, indexes.filter(ofWorkedOut(false)))
  // Each case asks other tables. Nothing is known yet of tables that were filled a moment ago, and without that a plan is a guess.
  await client.query('analyze')
  await client.query(DERIVE)
  await makeIndexes(client, indexes.filter(ofWorkedOut(true)))
  await goOnNumbering(client)
  // What it knows of its tables, before anybody asks for a list.
  await client.query('analyze')
  await turn('enable')
  return done
}

interface Index {
  table: string
  name: string
  /** SQL that makes it. */
  made: string
}

/** All but those that keep rows unique. */
const INDEXES = `
select i.indrelid::regclass::text as table, i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made
from pg_index i join pg_class t on t.oid = i.indrelid
where t.relnamespace = '${SCHEMA}'::regnamespace and not i.indisunique order by name`

async function takeIndexesOff(client: pg.ClientBase): Promise<Index[]> {
  const { rows } = await client.query<Index>(INDEXES)
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows
}

async function makeIndexes(client: pg.ClientBase, indexes: Index[]): Promise<void> {
  for (const { made } of indexes) await client.query(made)
}

/** Whether an index is of a table that the rows of others are worked into. */
const ofWorkedOut =
  (is: boolean) =>
  ({ table }: Index) =>
    ['cases', 'case_texts'].includes(table) === is

const COUNTED = COUNTED_COLUMNS.join(', ')

/** Works out of the rows what lists and search are read through (postgres/kept.ts). */
const DERIVE = `
update cases set urgency = urgency_of(cases), waited = waited_of(cases)
  where (urgency, waited) is distinct from (urgency_of(cases), waited_of(cases));
insert into case_counts (${COUNTED}, n)
  select ${COUNTED}, count(*) from cases where dismissed_at is null group by ${COUNTED};
insert into case_texts (case_id, patient, text)
  select id, patient_text_of(cases), text_of(cases) from cases order by rowid;
`

const IDENTITIES = `
select t.relname as table, a.attname as column, pg_get_serial_sequence(quote_ident(t.relname), a.attname) as sequence
from pg_class t join pg_attribute a on a.attrelid = t.oid
where t.relnamespace = '${SCHEMA}'::regnamespace and t.relkind = 'r' and a.attidentity <> '' and not a.attisdropped`

/** The next row that comes gets a number behind all that are there. */
async function goOnNumbering(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(IDENTITIES)
  for (const { table, column, sequence } of rows)
    await client.query(`select setval($1, max("${column}")) from "${table}" having max("${column}") > 0`, [sequence])
}
