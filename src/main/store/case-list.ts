import type { Kysely } from 'kysely'
import { type CasePage, type CasePlace, type CaseQuery, FILE_COLUMNS, type FileColumn } from '../../shared/cases.ts'
import { countBy } from './case-counts.ts'
import { findCase } from './case-detail.ts'
import { casesOf, countOf, isAmong, mostOf, type Plan, planOf, SORT_COLUMN } from './case-query.ts'
import { seenBy } from './hidden.ts'
import { toCaseRow } from './rows.ts'
import type { CaseRecord, Database } from './schema.ts'
import { countToAdjudicate } from './second-barred.ts'
import type { Asker, Blind } from './types.ts'
import { urgencies } from './urgency.ts'

export async function listCases(
  db: Kysely<Database>,
  query: CaseQuery,
  { offset, limit }: { offset: number; limit: number },
  blind: Blind,
  reader: Asker,
): Promise<CasePage> {
  const plan = await planOf(db, query, blind)
  const records = plan ? (await seenBy(blind, casesOf(plan, { offset, limit })).execute(db)).rows : []
  const all = await countBy(db, [])
  const unread = await countBy(db, [{ column: 'state', values: ['analysed'] }])
  const columns = await columnsWithValues(db)
  const second = await countBy(db, [{ column: 'second', values: ['open'] }])
  const disputed = await countBy(db, [{ column: 'second', values: ['disputed'] }])
  const adjudication = disputed > 0 && reader !== null ? await countToAdjudicate(db, reader) : disputed
  const earlier = await onEarlierAnswer(db, records)
  // Who first says what they think gets another order, and points would tell the answers.
  const told = blind === null && query.sort.column === 'urgency' ? await urgencies(db, records) : null
  const rows = records.map((record) => toCaseRow(record, earlier.has(record.id), told?.get(record.id) ?? null))
  return { rows, ...(await matches(db, plan, blind)), all, unread, waiting: { second, adjudication }, columns }
}

/** Cases whose standing verdict was given before another model's answer took the place of the one that it is on. */
async function onEarlierAnswer(db: Kysely<Database>, records: CaseRecord[]): Promise<Set<string>> {
  const standing = records.flatMap(({ verdict_id }) => verdict_id ?? [])
  if (standing.length === 0) return new Set()
  const verdicts = await db.selectFrom('verdicts').where('id', 'in', standing).select(['id', 'result_id']).execute()
  const results = new Map(verdicts.map((verdict) => [verdict.id, verdict.result_id]))
  const isEarlier = ({ verdict_id, result_id }: CaseRecord) =>
    verdict_id !== null && results.get(verdict_id) !== result_id
  return new Set(records.filter(isEarlier).map(({ id }) => id))
}

/** Kept counts tell where only lists filter; else no more are counted than are listed. */
async function matches(
  db: Kysely<Database>,
  plan: Plan | null,
  blind: Blind,
): Promise<{ total: number; more: boolean }> {
  if (plan === null) return { total: 0, more: false }
  if (plan.total !== null) return { total: plan.total.n, more: plan.total.more }
  const most = mostOf(plan)
  const { rows } = await seenBy(blind, countOf(plan, most + 1)).execute(db)
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
export async function placeOfCase(
  db: Kysely<Database>,
  id: string,
  query: CaseQuery,
  blind: Blind,
): Promise<CasePlace> {
  const place = await findCase(db, id, blind)
  const list = { db, blind, place }
  const plan = await planOf(db, query, blind)
  const unread = await unreadAmong(db, query, blind)
  const forwards = query.sort.direction
  const backwards = forwards === 'asc' ? 'desc' : 'asc'
  return {
    position: plan && (await positionOf(list, plan, backwards)),
    ...(await matches(db, plan, blind)),
    previous: await firstBeyond(list, plan, backwards),
    next: await firstBeyond(list, plan, forwards),
    nextUnread: (await firstBeyond(list, unread, forwards)) ?? (await firstBesides(list, unread)),
  }
}

/** The list that a case is looked for in. */
interface List {
  db: Kysely<Database>
  blind: Blind
  place: CaseRecord
}

/** The unread of a query; null where it asks for other states only. */
async function unreadAmong(db: Kysely<Database>, query: CaseQuery, blind: Blind): Promise<Plan | null> {
  if (query.states.length > 0 && !query.states.includes('analysed')) return null
  return planOf(db, { ...query, states: ['analysed'] }, blind)
}

async function positionOf({ db, blind, place }: List, plan: Plan, backwards: 'asc' | 'desc'): Promise<number | null> {
  const among = await seenBy(blind, isAmong(plan, place.id)).execute(db)
  if (among.rows.length === 0) return null
  const most = plan.total?.n ?? mostOf(plan)
  const { rows } = await seenBy(blind, countOf(plan, most, { place, direction: backwards })).execute(db)
  return rows[0]?.n ?? 0
}

async function firstBeyond(
  { db, blind, place }: List,
  plan: Plan | null,
  direction: 'asc' | 'desc',
): Promise<string | null> {
  if (!plan) return null
  const { rows } = await seenBy(blind, casesOf(plan, { offset: 0, limit: 1 }, { place, direction })).execute(db)
  return rows[0]?.id ?? null
}

async function firstBesides({ db, blind, place }: List, plan: Plan | null): Promise<string | null> {
  if (!plan) return null
  const { rows } = await seenBy(blind, casesOf(plan, { offset: 0, limit: 2 })).execute(db)
  return rows.find((row) => row.id !== place.id)?.id ?? null
}
