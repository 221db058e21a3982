import { type Kysely, sql } from 'kysely'
import type { CaseQuery } from '../../shared/cases.ts'
import type { Database } from './schema.ts'

/** Columns that cases are counted by (case_counts), which are those that the filters offer as lists. */
export const COUNTED_COLUMNS = ['source', 'state', 'label', 'model_id', 'verdict', 'reader', 'second'] as const
export type CountedColumn = (typeof COUNTED_COLUMNS)[number]

/** A filter by a list of values. */
export interface ListFilter {
  column: CountedColumn
  values: string[]
}

/** The lists of a query that say something. */
export function listFilters(query: CaseQuery): ListFilter[] {
  const verdicts = query.verdicts.map((verdict) => (verdict === 'none' ? '' : verdict))
  const filters: ListFilter[] = [
    { column: 'second', values: query.second },
    { column: 'reader', values: query.readers },
    { column: 'state', values: query.states },
    { column: 'verdict', values: verdicts },
    { column: 'label', values: query.labels },
    { column: 'source', values: query.sources },
    { column: 'model_id', values: query.models },
  ]
  return filters
    .filter(({ values }) => values.length > 0)
    .map(({ column, values }) => ({ column, values: [...new Set(values)] }))
}

/** How many listed cases fit all of the filters. */
export async function countBy(db: Kysely<Database>, filters: ListFilter[]): Promise<number> {
  let query = db.selectFrom('case_counts')
  for (const { column, values } of filters)
    query = query.where(sql<boolean>`${sql.ref(column)} in (${sql.join(values)})`)
  const { n } = await query
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('n'), sql<number>`0`).as('n'))
    .executeTakeFirstOrThrow()
  return n
}

/** Values that the filters can offer. */
export async function facets(db: Kysely<Database>): Promise<{ readers: string[]; models: string[] }> {
  const distinct = async (column: 'reader' | 'model_id') => {
    const rows = await db
      .selectFrom('case_counts')
      .where(column, '!=', '')
      .where('n', '>', 0)
      .select(`${column} as value`)
      .distinct()
      .execute()
    return rows.map((row) => row.value).sort()
  }
  return { readers: await distinct('reader'), models: await distinct('model_id') }
}
