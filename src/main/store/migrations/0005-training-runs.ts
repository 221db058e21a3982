import type { Kysely } from 'kysely'

/** Training runs: what was asked, where they stand, what they gave. Their files lie in the data folder. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('training_runs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('recipe', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('summary', 'text')
    .addColumn('error_code', 'text')
    .addColumn('error_details', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('training_runs_by_time').on('training_runs').columns(['created_at', 'id']).execute()
}
