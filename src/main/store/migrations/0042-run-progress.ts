import type { Kysely } from 'kysely'

/** How a training that runs on one workstation of a department comes along, for the others: one row each, while it runs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('run_progress')
    .addColumn('run_id', 'text', (column) => column.primaryKey())
    .addColumn('live', 'text', (column) => column.notNull())
    .execute()
}
