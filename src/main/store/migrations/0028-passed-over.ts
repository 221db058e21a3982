import type { Kysely } from 'kysely'

/** What was passed over where a batch looked for its files, by kind, with the first paths of each. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('batch_passed_over')
    .addColumn('batch_id', 'text', (column) => column.notNull().references('batches.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('files', 'integer', (column) => column.notNull())
    .addColumn('paths', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('batch_passed_over_key', ['batch_id', 'kind'])
    .execute()
}
