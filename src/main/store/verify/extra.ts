import { type Kysely, sql, type Transaction } from 'kysely'
import type { AuditBreak } from '../../../shared/audit.ts'
import { BOUND_KINDS, type BoundKind, boundTable, keyOf, type Row } from '../audit/bindings.ts'
import type { Database } from '../schema.ts'
import type { VerifyFollowing } from '../types.ts'
import { breakBeside } from './break.ts'
import { CHUNK, step } from './following.ts'
import { bindsOf } from './rows.ts'

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
    const row = await step(db, following, (trx) => unboundRow(trx, kind))
    if (row) return breakBeside('row-extra', `${kind}/${keyOf(kind, row)}`)
    const n = await step(db, following, (trx) => countBindings(trx, kind, until))
    if (n !== (bound.get(kind) ?? 0)) return breakBeside('row-extra', await strayBinding(db, kind, until, following))
  }
  return null
}

/** Of entries up to `until`, and of such as are no longer there: an entry and what it binds are written together. */
const looked = (until: number) =>
  sql<boolean>`(audit_bindings.seq <= ${until} or audit_bindings.seq > (select coalesce(max(audit.seq), 0) from audit))`

/** Row and binding are written together, so this holds at any moment, whatever is being added. */
async function unboundRow(trx: Transaction<Database>, kind: BoundKind): Promise<Row | undefined> {
  const { table, key, where = 'true' } = boundTable(kind)
  const name = key.length === 1 ? `cast(${key[0]} as text)` : key.join(` || '@' || `)
  const { rows } = await sql<Row>`
    select ${sql.join(key.map((column) => sql.ref(column)))} from ${sql.table(table)} as bound not indexed
    where ${sql.raw(where)} and not exists
      (select 1 from audit_bindings as b where b.kind = ${kind} and b.key = ${sql.raw(name)}) limit 1`.execute(trx)
  return rows[0]
}

async function countBindings(trx: Transaction<Database>, kind: BoundKind, until: number): Promise<number> {
  const { n } = await trx
    .selectFrom('audit_bindings')
    .where('kind', '=', kind)
    .where(looked(until))
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
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
