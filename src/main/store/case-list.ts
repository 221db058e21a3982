import type { Kysely } from 'kysely'
import { type CasePage, type CasePlace, type CaseQuery, FILE_COLUMNS, type FileColumn } from '../../shared/cases.ts'
import { countBy } from './case-counts.ts'
import { findCase } from './case-detail.ts'
import { casesOf, countOf, isAmong, mostOf, type Plan, planOf, SORT_COLUMN } from './case-query.ts'
import { toCaseRow } from './rows.ts'
import type { CaseRecord, Database } from './schema.ts'

export async function listCases(
  db: Kysely<Database>,
  query: CaseQuery,
  offset: number,
  limit: number,
): Promise<CasePage> {
  const plan = await planOf(db, query)
  const records = plan ? (await casesOf(plan, { offset, limit }).execute(db)).rows : []
  const all = await countBy(db, [])
  const unread = await countBy(db, [{ column: 'state', values: ['analysed'] }])
  const columns = await columnsWithValues(db)
  return { rows: records.map(toCaseRow), ...(await matches(db, plan)), all, unread, columns }
}

/** Kept counts tell where only lists filter; else no more are counted than are listed. */
async function matches(db: Kysely<Database>, plan: Plan | null): Promise<{ total: number; more: boolean }> {
  if (plan === null) return { total: 0, more: false }
  if (plan.total !== null) return { total: plan.total, more: false }
  const most = mostOf(plan)
  const { rows } = await countOf(plan, most + 1).execute(db)
  const n = rows[0]?.n ?? 0
  return { total: Math.min(n, most), more: n > most }
}

/** An index answers at once: the greatest value of a column that has any is not ''. */
async function columnsWithValues(db: Kysely<Database>): Promise<FileColumn[]> {
  const found = await Promise.all(
    FILE_COLUMNS.map((column) =>
      db
        .selectFrom('cases')
        .where(SORT_COLUMN[column], '>', '')
        .where('dismissed_at', 'is', null)
        .select('id')
        .limit(1)
        .executeTakeFirst(),
    ),
  )
  return FILE_COLUMNS.filter((_, index) => found[index] !== undefined)
}

/** Neighbours by comparing what the list is sorted by, so that an index answers however long the list is. */
export async function placeOfCase(db: Kysely<Database>, id: string, query: CaseQuery): Promise<CasePlace> {
  const anchor = await findCase(db, id)
  const plan = await planOf(db, query)
  const unread = await unreadAmong(db, query)
  const forwards = query.sort.direction
  const backwards = forwards === 'asc' ? 'desc' : 'asc'
  const nearest = (among: Plan | null, direction: 'asc' | 'desc') => firstBeyond(db, among, anchor, direction)
  return {
    position: plan && (await positionOf(db, plan, anchor, backwards)),
    ...(await matches(db, plan)),
    previous: await nearest(plan, backwards),
    next: await nearest(plan, forwards),
    nextUnread: (await nearest(unread, forwards)) ?? (await firstBesides(db, unread, id)),
  }
}

/** The unread of a query; null where it asks for other states only. */
async function unreadAmong(db: Kysely<Database>, query: CaseQuery): Promise<Plan | null> {
  if (query.states.length > 0 && !query.states.includes('analysed')) return null
  return planOf(db, { ...query, states: ['analysed'] })
}

async function positionOf(
  db: Kysely<Database>,
  plan: Plan,
  place: CaseRecord,
  backwards: 'asc' | 'desc',
): Promise<number | null> {
  const among = await isAmong(plan, place.id).execute(db)
  if (among.rows.length === 0) return null
  const most = plan.total ?? mostOf(plan)
  const { rows } = await countOf(plan, most, { place, direction: backwards }).execute(db)
  return rows[0]?.n ?? 0
}

async function firstBeyond(
  db: Kysely<Database>,
  plan: Plan | null,
  place: CaseRecord,
  direction: 'asc' | 'desc',
): Promise<string | null> {
  if (!plan) return null
  const { rows } = await casesOf(plan, { offset: 0, limit: 1 }, { place, direction }).execute(db)
  return rows[0]?.id ?? null
}

async function firstBesides(db: Kysely<Database>, plan: Plan | null, id: string): Promise<string | null> {
  if (!plan) return null
  const { rows } = await casesOf(plan, { offset: 0, limit: 2 }).execute(db)
  return rows.find((row) => row.id !== id)?.id ?? null
}
