import type { Kysely } from 'kysely'

/**
 * What each source takes, and which files of watched folders its rule passed over. From here on cases can be `listed` too, a
 * state that an older Gyrus does not know.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('sources').addColumn('rule', 'text').execute()
  await db.schema
    .alterTable('source_files')
    .addColumn('passed', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
}
