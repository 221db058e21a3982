import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { AuditBreak } from '../../../shared/audit.ts'
import { BOUND_KINDS, type BoundKind, boundTable, keyOf, type Row } from '../audit/bindings.ts'
import { beside, unindexed } from '../dialect/words.ts'
import type { Database } from '../schema.ts'
import type { VerifyFollowing } from '../types.ts'
import { breakBeside } from './break.ts'
import { CHUNK, step } from './following.ts'
import { bindsOf } from './rows.ts'

/** Rows that are held against their bindings, and bindings that are counted, in one step. */
const ROWS = 2_000
const BINDINGS = 10_000

/**
 * Rows and bindings that no entry tells of. Each binding that an entry tells of was met once on the way through the
 * chain: where there are as many, there are no others.
 *
 * @param bound by kind, bindings that were met up to entry `until`
 */
export async function findExtra(
  db: Kysely<Database>,
  until: number,
  bound: Map<string, number>,
  following: VerifyFollowing,
): Promise<AuditBreak | null> {
  for (const kind of BOUND_KINDS) {
    const row = await unboundRow(db, kind, following)
    if (row) return breakBeside('row-extra', `${kind}/${keyOf(kind, row)}`)
  }
  const counted = await countBindings(db, until, following)
  const kind = BOUND_KINDS.find((one) => (counted.get(one) ?? 0) !== (bound.get(one) ?? 0))
  return kind === undefined ? null : breakBeside('row-extra', await strayBinding(db, kind, until, following))
}

/** Of entries up to `until`, and of such as are no longer there: an entry and what it binds are written together. */
const looked = (until: number) =>
  sql<boolean>`(audit_bindings.seq <= ${until} or audit_bindings.seq > (select coalesce(max(audit.seq), 0) from audit))`

/** Row and binding are written together, so this holds at any moment, whatever is being added. */
async function unboundRow(db: Kysely<Database>, kind: BoundKind, following: VerifyFollowing): Promise<Row | undefined> {
  const { table, key, where = 'true' } = boundTable(kind)
  const name = key.length === 1 ? `cast(${key[0]} as text)` : key.join(` || '@' || `)
  return inWindows({ db, table, size: ROWS, following }, async (trx, window) => {
    const { rows } = await sql<Row>`
      select ${sql.join(key.map((column) => sql.ref(column)))} from ${sql.table(table)} as bound ${unindexed}
      where ${window} and ${sql.raw(where)} and not exists
        (select 1 from audit_bindings as b where b.kind = ${kind} and b.key = ${sql.raw(name)}) limit 1`.execute(trx)
    return rows[0]
  })
}

/** Of every kind, by the rows themselves and not by what an index says of them. */
async function countBindings(
  db: Kysely<Database>,
  until: number,
  following: VerifyFollowing,
): Promise<Map<string, number>> {
  const counted = new Map<string, number>()
  await inWindows({ db, table: 'audit_bindings', size: BINDINGS, following }, async (trx, window) => {
    const { rows } = await sql<{ kind: string; n: number }>`
      select kind, count(*) as n from audit_bindings ${unindexed} where ${window} and ${looked(until)} group by ${beside(sql`kind`)}`.execute(
      trx,
    )
    for (const { kind, n } of rows) counted.set(kind, (counted.get(kind) ?? 0) + n)
    return undefined
  })
  return counted
}

interface Walk {
  db: Kysely<Database>
  table: string
  /** Row ids of one step. */
  size: number
  following: VerifyFollowing
}

/** Walks a table by its row ids up to those that it has now, in steps, until `look` finds something. */
async function inWindows<T>(
  { db, table, size, following }: Walk,
  look: (trx: Transaction<Database>, window: RawBuilder<boolean>) => Promise<T | undefined>,
): Promise<T | undefined> {
  const ends = sql<{ first: number | null; last: number | null }>`
    select min(rowid) as first, max(rowid) as last from ${sql.table(table)}`
  const { rows } = await step(db, following, (trx) => ends.execute(trx))
  const { first, last } = rows[0] ?? { first: null, last: null }
  if (first === null || last === null) return undefined
  for (let from = first; from <= last; from += size) {
    const window = sql<boolean>`rowid >= ${from} and rowid < ${from + size}`
    const found = await step(db, following, (trx) => look(trx, window))
    if (found !== undefined) return found
    following.onProgress?.({ stage: 'rows', done: Math.min(from + size, last + 1) - first, total: last + 1 - first })
  }
  return undefined
}

/** The first binding whose entry does not tell of it. */
async function strayBinding(
  db: Kysely<Database>,
  kind: BoundKind,
  until: number,
  following: VerifyFollowing,
): Promise<string> {
  for (let after = ''; ; ) {
    const rows = await step(db, following, (trx) =>
      trx
        .selectFrom('audit_bindings')
        .where('kind', '=', kind)
        .where('key', '>', after)
        .where(looked(until))
        .select([
          'key',
          sql<string | null>`(select detail from audit where audit.seq = audit_bindings.seq)`.as('detail'),
        ])
        .orderBy('key')
        .limit(CHUNK)
        .execute(),
    )
    const stray = rows.find(
      ({ key, detail }) => !Object.hasOwn(bindsOf({ detail: detail ?? '' }) ?? {}, `${kind}/${key}`),
    )
    const last = rows.at(-1)
    if (stray || !last) return `${kind}/${stray?.key ?? '?'}`
    after = last.key
  }
}
