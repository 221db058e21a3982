import type { Kysely } from 'kysely'
import { forbidChanges } from './0001-record.ts'

/** Frozen data sets: one row a version. Their images are in the data folder, under the hash that stands here. */
export async function up(db: Kysely<unknown>): Promise<void> {
  let table = db.schema
    .createTable('datasets')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
  for (const name of ['sha256', 'content_sha256', 'manifest_sha256', 'imported_at', 'imported_by', 'origin']) {
    table = table.addColumn(name, 'text', (column) => column.notNull())
  }
  await table
    .addColumn('images', 'integer', (column) => column.notNull())
    .addColumn('unreadable', 'integer', (column) => column.notNull())
    .addColumn('per_class', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('datasets_key', ['name', 'version'])
    .execute()
  await forbidChanges(db, 'datasets')
}
