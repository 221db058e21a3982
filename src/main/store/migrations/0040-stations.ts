import type { Kysely } from 'kysely'

/**
 * Which workstation of a department goes on with a batch or a training that was broken off; '' where there is one. And what
 * all of them have to agree on.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['batches', 'training_runs']) {
    await db.schema
      .alterTable(table)
      .addColumn('station', 'text', (column) => column.notNull().defaultTo(''))
      .execute()
  }
  await db.schema
    .createTable('department_settings')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute()
}
