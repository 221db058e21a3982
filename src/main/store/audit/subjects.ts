import { type Kysely, sql } from 'kysely'
import { lastEight } from '../dialect/words.ts'
import type { Database } from '../schema.ts'

const ID_END = lastEight(sql`replace(id, '-', '')`)

/** Digits that the index of cases goes by (migration 0010). */
const INDEXED = 8

/**
 * Ids of cases, dismissed ones too, and of batches that end so.
 *
 * @param end 8 or more hexadecimal digits in lower case, without hyphens
 */
export async function idsEnding(db: Kysely<Database>, end: string): Promise<string[]> {
  const last = end.slice(-INDEXED)
  const { rows } = await sql<{ id: string }>`
    select id from cases where ${ID_END} = ${last}
    union all select id from batches where ${ID_END} = ${last}`.execute(db)
  return rows.map(({ id }) => id).filter((id) => id.replaceAll('-', '').endsWith(end))
}
