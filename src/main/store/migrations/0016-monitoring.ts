import type { Kysely } from 'kysely'

/** Answers in the order of time and by model, limits of alarms, and how the machine was. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('results_by_time').on('results').columns(['created_at', 'id']).execute()
  await db.schema.createIndex('results_by_model').on('results').columns(['model_id', 'id']).execute()
  await db.schema
    .createTable('monitoring_settings')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('machine_samples')
    .addColumn('at', 'text', (column) => column.primaryKey())
    .addColumn('restarts', 'integer', (column) => column.notNull())
    .addColumn('memory_bytes', 'integer', (column) => column.notNull())
    .addColumn('disk_bytes', 'integer', (column) => column.notNull())
    .execute()
}
