import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { CaseQuery } from '../../shared/cases.ts'
import { beside } from './dialect/words.ts'
import type { Database } from './schema.ts'

/** A filter by a span of values, the ends included. */
export interface RangeFilter {
  column: 'confidence' | 'study_date'
  from: string | number | null
  to: string | number | null
}

/** The spans of a query. A case without a result, and one without a date, are in none. */
export function rangeFilters({ confidenceUpTo, studiedFrom, studiedUntil }: CaseQuery): RangeFilter[] {
  const filters: RangeFilter[] = []
  if (confidenceUpTo !== null) filters.push({ column: 'confidence', from: 0, to: confidenceUpTo })
  if (studiedFrom !== null || studiedUntil !== null)
    filters.push({ column: 'study_date', from: studiedFrom ?? '0', to: studiedUntil })
  return filters
}

/** Led by its index. */
export const inRange = (filter: RangeFilter): RawBuilder<unknown> => spanOf(filter, sql.ref(filter.column))

/** Another condition leads. */
export const besideRange = (filter: RangeFilter): RawBuilder<unknown> => spanOf(filter, beside(sql.ref(filter.column)))

function spanOf({ from, to }: RangeFilter, column: RawBuilder<unknown>): RawBuilder<unknown> {
  const ends = [from === null ? [] : [sql`${column} >= ${from}`], to === null ? [] : [sql`${column} <= ${to}`]]
  return sql.join(ends.flat(), sql` and `)
}

/** The span that the fewest listed cases are in, and how many, no further than `most`. */
export async function narrowest(
  db: Kysely<Database>,
  filters: RangeFilter[],
  most: number,
): Promise<{ filter: RangeFilter; n: number } | null> {
  let best: { filter: RangeFilter; n: number } | null = null
  for (const filter of filters) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from
      (select 1 from cases where dismissed_at is null and ${inRange(filter)} limit ${most}) as within`.execute(db)
    const n = rows[0]?.n ?? 0
    if (!best || n < best.n) best = { filter, n }
  }
  return best
}
