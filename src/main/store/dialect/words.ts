import { FunctionNode, type OperationNode, type RawBuilder, sql } from 'kysely'
import { ranked } from '../migrations/0039-edited-last.ts'

/**
 * What SQLite and PostgreSQL say differently. A query says it once, by one of the functions below; the words are put in
 * where the query is compiled for a database.
 */
type Pieces = (string | OperationNode)[]
export type DialectName = 'sqlite' | 'postgres'

const WORDS: Record<string, Record<DialectName, (...args: OperationNode[]) => Pieces>> = {
  beside: {
    sqlite: (column) => ['+', ...is(column)],
    // It knows by its statistics what each index is worth.
    postgres: (column) => is(column),
  },
  unindexed: { sqlite: () => ['not indexed'], postgres: () => [] },
  itself: {
    // Within a `with` of the same name, SQLite would take the name for that.
    sqlite: (table) => ['main.', ...is(table)],
    postgres: (table) => is(table),
  },
  contains: {
    sqlite: (text, part) => ['(instr(', ...is(text), ', ', ...is(part), ') > 0)'],
    postgres: (text, part) => ['(strpos(', ...is(text), ', ', ...is(part), ') > 0)'],
  },
  jsonText: {
    sqlite: (json, key) => ['cast(json_extract(', ...is(json), `, '$.' || `, ...is(key), ') as text)'],
    postgres: (json, key) => ['(', ...is(json), '::jsonb ->> ', ...is(key), ')'],
  },
  days: {
    sqlite: (time) => ['julianday(', ...is(time), ')'],
    postgres: (time) => ['(extract(epoch from ', ...is(time), '::timestamptz) / 86400)'],
  },
  hex: {
    sqlite: (bytes) => ['lower(hex(', ...is(bytes), '))'],
    postgres: (bytes) => ['encode(', ...is(bytes), `, 'hex')`],
  },
  lastEight: {
    sqlite: (text) => ['substr(', ...is(text), ', -8)'],
    postgres: (text) => ['right(', ...is(text), ', 8)'],
  },
  renewedRanks: {
    sqlite: () => [ranked('cases')],
    postgres: () => ['urgency = urgency_of(cases), waited = waited_of(cases)'],
  },
  search: {
    sqlite: (match) => ['case_search match ', ...is(match)],
    postgres: (_, ...finds) => [finds.flatMap((one, nth) => [nth === 0 ? '(' : ' and ', one]), ')'].flat(),
  },
}

const is = (node: OperationNode | undefined): Pieces => {
  if (!node) throw new Error('a word of the dialects lacks what it is about')
  return [node]
}

const PREFIX = 'gyrus:'

/** What stands in a query for a word; undefined where it is none. */
export function saidIn(dialect: DialectName, { func, arguments: args }: FunctionNode): Pieces | undefined {
  if (!func.startsWith(PREFIX)) return undefined
  const word = WORDS[func.slice(PREFIX.length)]
  if (!word) throw new Error(`no word of the dialects: ${func}`)
  return word[dialect](...args)
}

function word<T>(name: string, ...args: RawBuilder<unknown>[]): RawBuilder<T> {
  const node = FunctionNode.create(
    PREFIX + name,
    args.map((arg) => arg.toOperationNode()),
  )
  return sql<T>`${{ toOperationNode: () => node }}`
}

/** A column whose index must not lead: another one does. */
export const beside = (column: RawBuilder<unknown>) => word<unknown>('beside', column)

/** Behind a table: its rows themselves are read, and not what an index says of them. */
export const unindexed = word<unknown>('unindexed')

/** The table, within a `with` that has its name. */
export const itself = (table: string) => word<unknown>('itself', sql.raw(table))

/** Whether a text has a part, byte by byte. */
export const contains = (text: RawBuilder<unknown>, part: string) => word<boolean>('contains', text, sql`${part}`)

/** A member of a JSON object, as text; null where there is none. */
export const jsonText = (json: RawBuilder<unknown>, key: string) =>
  word<string | null>('jsonText', json, sql.lit(key) as RawBuilder<unknown>)

/** A time (ISO 8601) as a number of days, of which differences alone mean something. */
export const days = (time: RawBuilder<unknown>) => word<number>('days', time)

/** Bytes in lower-case hexadecimal. */
export const hex = (bytes: RawBuilder<unknown>) => word<string>('hex', bytes)

/** The last eight characters. */
export const lastEight = (text: RawBuilder<unknown>) => word<string>('lastEight', text)

/** Sets of all rows of `cases` what is worked out of them for the order of reading. */
export const renewedRanks = word<unknown>('renewedRanks')

/** Whether `case_search` has words. @param match FTS5's query @param finds conditions of PostgreSQL, all of which hold */
export const search = (match: string, finds: RawBuilder<boolean>[]) => word<boolean>('search', sql`${match}`, ...finds)
