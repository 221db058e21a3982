import type { Kysely } from 'kysely'

/** Results on their way to a PACS. What came of each is in the audit trail as well. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sendings')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id'))
    .addColumn('pacs', 'text', (column) => column.notNull())
    .addColumn('pacs_name', 'text', (column) => column.notNull())
    .addColumn('why', 'text', (column) => column.notNull())
    .addColumn('asked_by', 'text', (column) => column.notNull())
    .addColumn('asked_at', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('next_at', 'text')
    .addColumn('error_code', 'text')
    .addColumn('error_details', 'text')
    .addColumn('ended_at', 'text')
    .execute()
  await db.schema.createIndex('sendings_by_case').on('sendings').columns(['case_id', 'id']).execute()
  await db.schema.createIndex('sendings_by_state').on('sendings').columns(['state', 'next_at']).execute()
}
