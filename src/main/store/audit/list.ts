import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import type { AuditEntryRow, AuditPage, AuditPlace, AuditQuery } from '../../../shared/audit.ts'
import { beside } from '../dialect/words.ts'
import { livingCases } from '../erasures.ts'
import type { AuditTable, Database } from '../schema.ts'
import type { Asker, BoundScan } from '../types.ts'
import { withheldFrom } from './withheld.ts'

type Entry = Selectable<AuditTable>
type Condition = RawBuilder<unknown>

/** Entries on each side of the one that is looked for. */
const BESIDE = 5

/** Entries that a query asks for, newest first, behind a place in that order, as `reader` may see them. */
export async function listEntries(
  db: Kysely<Database>,
  query: AuditQuery,
  after: AuditPlace | null,
  limit: number,
  reader: Asker,
): Promise<AuditPage> {
  const { rows } = await entriesQuery(query, after, limit).execute(db)
  const entries = await withheldFrom(db, rows.map(toEntry), reader)
  const last = rows.at(-1)
  return { entries, next: last && rows.length === limit ? { at: last.at, sequence: last.seq } : null }
}

/**
 * One part for each value that leads an index, each read in the index’s order and no further than `limit`; SQLite then
 * merges them. A plain `in` would sort all that match for every page.
 */
export function entriesQuery(query: AuditQuery, after: AuditPlace | null, limit: number): RawBuilder<Entry> {
  const { leading, others } = split(query)
  const behind = after ? [sql`(${timeOf(query.near)}, seq) < (${after.at}, ${after.sequence})`] : []
  const parts = leading.map((lead) => {
    const conditions = [...lead, ...others, ...behind, ...span(query)]
    const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``
    return sql`select * from (select * from audit ${where} order by ${timeOf(query.near)} desc, seq desc limit ${limit}) as part`
  })
  return sql<Entry>`${sql.join(parts, sql` union all `)} order by at desc, seq desc limit ${limit}`
}

/** The number of entries that a query asks for. */
export async function countEntries(db: Kysely<Database>, query: AuditQuery): Promise<number> {
  const { leading, others } = split(query)
  const counts = leading.map((lead) => {
    const conditions = [...lead, ...others, ...span(query)]
    const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``
    return sql`(select count(*) from audit ${where})`
  })
  const { rows } = await sql<{ n: number }>`select ${sql.join(counts, sql` + `)} as n`.execute(db)
  return rows[0]?.n ?? 0
}

/** The rarest first: a subject has few entries, an act fewer than a reader. */
function split({ subject, acts, actors, near }: AuditQuery): { leading: Condition[][]; others: Condition[] } {
  const someActs = acts.length > 0 ? [sql`${beside(sql`act`)} in (${sql.join(acts)})`] : []
  const someActors = actors.length > 0 ? [sql`${beside(sql`actor`)} in (${sql.join(actors)})`] : []
  if (near !== null) {
    const about = subject === '' ? [] : [sql`${beside(sql`subject`)} = ${subject}`]
    const around = sql`seq between ${near - BESIDE} and ${near + BESIDE}`
    return { leading: [[around]], others: [...about, ...someActs, ...someActors] }
  }
  if (subject !== '') return { leading: [[sql`subject = ${subject}`]], others: [...someActs, ...someActors] }
  if (acts.length > 0) return { leading: unique(acts).map((act) => [sql`act = ${act}`]), others: someActors }
  if (actors.length > 0) return { leading: unique(actors).map((actor) => [sql`actor = ${actor}`]), others: [] }
  return { leading: [[]], others: [] }
}

function span({ from, until, near }: AuditQuery): Condition[] {
  const at = timeOf(near)
  return [...(from === null ? [] : [sql`${at} >= ${from}`]), ...(until === null ? [] : [sql`${at} < ${until}`])]
}

/** A few entries in a row are found by their numbers: by the index of times all of the trail would be walked for them. */
const timeOf = (near: number | null): Condition => (near === null ? sql`at` : beside(sql`at`))

const unique = (values: string[]) => [...new Set(values)]

/** All actors and acts of the trail. Each is found by a jump in its index, however many entries there are. */
export async function auditFacets(db: Kysely<Database>): Promise<{ actors: string[]; acts: string[] }> {
  const distinct = async (column: 'actor' | 'act') => {
    const name = sql.ref(column)
    const { rows } = await sql<{ value: string }>`
      with recursive found(value) as (
        select min(${name}) from audit
        union all
        select (select min(${name}) from audit where ${name} > value) from found where value is not null
      ) select value from found where value is not null`.execute(db)
    return rows.map(({ value }) => value)
  }
  return { actors: await distinct('actor'), acts: await distinct('act') }
}

export async function auditEntry(db: Kysely<Database>, sequence: number): Promise<AuditEntryRow | null> {
  const row = await db.selectFrom('audit').selectAll().where('seq', '=', sequence).executeTakeFirst()
  return row ? toEntry(row) : null
}

export async function auditHead(db: Kysely<Database>): Promise<AuditEntryRow | null> {
  const row = await db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return row ? toEntry(row) : null
}

/** Scans of which a copy is kept, with the entry that binds each: those that a case has which was not erased. */
export async function scansAfter(db: Kysely<Database>, after: string, limit: number): Promise<BoundScan[]> {
  return db
    .selectFrom('scans')
    .leftJoin('audit_bindings', (join) =>
      join.onRef('audit_bindings.key', '=', 'scans.sha256').on('audit_bindings.kind', '=', 'scans'),
    )
    .where('scans.sha256', '>', after)
    .where((eb) => eb.exists(livingCases(eb)))
    .select(['scans.sha256', 'audit_bindings.seq as sequence'])
    .orderBy('scans.sha256')
    .limit(limit)
    .execute()
}

const toEntry = ({ seq, previous_hash, ...row }: Entry): AuditEntryRow => ({
  ...row,
  sequence: seq,
  previousHash: previous_hash,
})
