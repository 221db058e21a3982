import type { Kysely } from 'kysely'

/** Connections to PACS, and what is secret of connections: keys, passwords, tokens. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('pacs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('settings', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('network_secrets')
    .addColumn('owner', 'text', (column) => column.primaryKey())
    .addColumn('secret', 'text', (column) => column.notNull())
    .execute()
}
