import { type Kysely, sql } from 'kysely'
import { followTexts, TRIGGERS } from './0014-search-and-salt.ts'

/**
 * The triggers that fold texts are made anew: as they were, an SQLite before 3.45, which is what most tools bring, could
 * not read the schema and so nothing of a record.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const name of TRIGGERS) await sql.raw(`drop trigger if exists ${name}`).execute(db)
  await followTexts(db)
}
