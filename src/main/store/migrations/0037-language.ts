import type { Kysely } from 'kysely'

/** The language of the screens for all who chose none; no row where the browser or the system says. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('language_settings')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('language', 'text', (column) => column.notNull())
    .execute()
}
