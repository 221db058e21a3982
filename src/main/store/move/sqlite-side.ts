import type SQLite from 'better-sqlite3'
import { GyrusError } from '../../../shared/errors.ts'
import { COUNTED_COLUMNS } from '../case-counts.ts'
import { textsOf } from '../migrations/0038-work-list.ts'
import { ranked } from '../migrations/0039-edited-last.ts'
import { bitsOf, type Cell, type Kind, type Row, realOf } from './cells.ts'
import type { Page, Target } from './side.ts'
import { namesOf, type Table } from './tables.ts'

type Stored = string | bigint | number | Buffer | null

const FROM: Record<Kind, (value: NonNullable<Stored>) => string> = {
  text: String,
  whole: String,
  real: (value) => bitsOf(Number(value)),
  bytes: (value) => (value as Buffer).toString('hex'),
}

const INTO: Record<Kind, (cell: string) => Stored> = {
  text: (cell) => cell,
  whole: BigInt,
  real: realOf,
  bytes: (cell) => Buffer.from(cell, 'hex'),
}

/** An SQLite database; whoever opened it began a transaction. */
export class SqliteSide implements Target {
  readonly #sqlite: SQLite.Database
  readonly #prepared = new Map<string, SQLite.Statement>()

  constructor(sqlite: SQLite.Database) {
    this.#sqlite = sqlite
  }

  async count({ name }: Table): Promise<number> {
    return Number(this.#prepare(`select count(*) from "${name}"`).pluck().get())
  }

  async page(table: Table, after: string, limit: number): Promise<Page> {
    const read = this.#prepare(
      `select "${table.place}", ${namesOf(table)} from "${table.name}" where "${table.place}" > ?
       order by "${table.place}" limit ?`,
    )
    const found = read.raw().all(BigInt(after), limit) as [bigint, ...Stored[]][]
    const kinds = table.columns.map(({ kind }) => kind)
    return {
      places: found.map(([place]) => String(place)),
      rows: found.map(([, ...values]) => values.map((value, nth) => cellOf(value, kinds[nth] as Kind))),
    }
  }

  async add(table: Table, { rows, places }: Page): Promise<void> {
    const numbered = table.place === 'rowid'
    const values = table.columns.map(() => '?').join(', ')
    const add = this.#prepare(
      `insert into "${table.name}" (${namesOf(table)}${numbered ? ', rowid' : ''})
       values (${values}${numbered ? ', ?' : ''})`,
    )
    const stored = (row: Row) =>
      row.map((cell, nth) => (cell === null ? null : INTO[table.columns[nth]?.kind as Kind](cell)))
    for (const [nth, row] of rows.entries()) {
      if (numbered) add.run(...stored(row), BigInt(places[nth] as string))
      else add.run(...stored(row))
    }
  }

  #prepare(sql: string): SQLite.Statement {
    const known = this.#prepared.get(sql)
    if (known) return known
    const statement = this.#sqlite.prepare(sql).safeIntegers()
    this.#prepared.set(sql, statement)
    return statement
  }
}

const cellOf = (value: Stored, kind: Kind): Cell => (value === null ? null : FROM[kind](value))

const isA = (type: string) => (column: string) => `typeof("${column}") in ('null', '${type}')`
/** Up to here each whole number is a double. */
const EXACT = 2 ** 53

/** Whether a column of this kind holds what PostgreSQL can keep exactly; SQLite would keep anything in any column. */
const FITS: Record<Kind, (column: string) => string> = {
  text: (column) => `(${isA('text')(column)} and coalesce(instr("${column}", char(0)), 0) = 0)`,
  whole: isA('integer'),
  // Columns of times are whole numbers to SQLite, which then keeps those without a fraction as such.
  real: (column) =>
    `(${isA('real')(column)} or (typeof("${column}") = 'integer' and "${column}" between -${EXACT} and ${EXACT}))`,
  bytes: isA('blob'),
}

/** Whether PostgreSQL can hold all that is there. @throws GyrusError `move-unfit` with the first row that it cannot */
export function refuseUnfit(sqlite: SQLite.Database, tables: Table[]): void {
  for (const { name, columns, place } of tables) {
    const tests = columns.map(({ name: column, kind }) => `when not ${FITS[kind](column)} then '${column}'`)
    const found = sqlite
      .prepare(
        `select row, column from (select "${place}" as row, case ${tests.join(' ')} end as column from "${name}")
         where column is not null order by row limit 1`,
      )
      .get() as { row: number; column: string } | undefined
    if (found) throw new GyrusError('move-unfit', { table: name, row: found.row, column: found.column })
  }
}

/** @throws GyrusError `move-differs` where a table or a column is there on one side alone */
export function refuseOtherTables(sqlite: SQLite.Database, tables: Table[]): void {
  const ours = sqlite
    .prepare(
      `select t.name || '.' || c.name from pragma_table_list as t join pragma_table_info(t.name) as c
       where t.schema = 'main' and t.type = 'table' and t.name not glob 'sqlite_*' and t.name not glob 'kysely_*'
         and t.name not in ('case_counts', 'case_texts')
         and t.name || '.' || c.name not in ('cases.urgency', 'cases.waited')`,
    )
    .pluck()
    .all() as string[]
  const theirs = new Set(tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`)))
  const one = ours.find((column) => !theirs.delete(column)) ?? [...theirs][0]
  if (one !== undefined) throw new GyrusError('move-differs', { reason: one })
}

/** The chain's last entry; null where there is none. */
export function headIn(sqlite: SQLite.Database): { sequence: number; hash: string } | null {
  const last = sqlite.prepare('select seq as sequence, hash from audit order by seq desc limit 1').get()
  return (last as { sequence: number; hash: string } | undefined) ?? null
}

const COUNTED = COUNTED_COLUMNS.join(', ')

/** Works out of the rows what lists and search are read through, as the newest migrations have it. */
export function deriveInSqlite(sqlite: SQLite.Database): void {
  sqlite.exec(`update cases set ${ranked('cases')};
    delete from case_counts;
    insert into case_counts (${COUNTED}, n)
      select ${COUNTED}, count(*) from cases where dismissed_at is null group by ${COUNTED};
    delete from case_texts;
    insert into case_texts (case_id, patient, text)
      select told.id, told.patient, told.text from (${textsOf('')}) as told join cases on cases.id = told.id
      order by cases.rowid;
    insert into case_search (case_search) values ('rebuild');`)
}

/** Runs `work` as if there were no triggers. They are the same afterwards; whoever calls it holds a transaction. */
export async function withoutTriggers<T>(sqlite: SQLite.Database, work: () => Promise<T>): Promise<T> {
  const triggers = sqlite.prepare(`select name, sql from sqlite_master where type = 'trigger' order by rowid`).all()
  for (const { name } of triggers as { name: string }[]) sqlite.exec(`drop trigger "${name}"`)
  const done = await work()
  for (const { sql } of triggers as { sql: string }[]) sqlite.exec(sql)
  return done
}

/** @throws GyrusError `move-differs` or `move-unsound` where a row refers to one that is not there */
export function checkReferences(sqlite: SQLite.Database, code: 'move-differs' | 'move-unsound'): void {
  const [broken] = sqlite.pragma('foreign_key_check') as { table: string; rowid: number }[]
  if (broken) throw new GyrusError(code, { reason: `${broken.table} ${broken.rowid}` })
}
