import type { Kysely } from 'kysely'

/** What scans come from by themselves, and which files of watched folders are done. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sources')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('settings', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('source_files')
    .addColumn('source_id', 'text', (column) => column.notNull())
    .addColumn('look', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('source_files_key', ['source_id', 'look'])
    .execute()
}
