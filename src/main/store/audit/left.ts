import type { Kysely } from 'kysely'
import type { Database } from '../schema.ts'

/** A record that is gone on with elsewhere. */
export interface GoneOnElsewhere {
  at: string
  /** Host, port and database, or a file. */
  place: string
}

/** Where this record went, if what it was last told of its place is that it was left (move/left.ts); else null. */
export async function goneOnElsewhere(db: Kysely<Database>): Promise<GoneOnElsewhere | null> {
  const last = await db
    .selectFrom('audit')
    .where('act', 'in', ['record.left', 'record.moved'])
    .select(['act', 'at', 'detail'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last?.act !== 'record.left') return null
  const { place } = JSON.parse(last.detail) as { place?: unknown }
  return { at: last.at, place: typeof place === 'string' ? place : '' }
}
