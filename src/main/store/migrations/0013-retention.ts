import type { Kysely } from 'kysely'
import { forbidChanges } from './0001-record.ts'
import { letErasureEmpty } from './0011-care.ts'

/** How long cases and their images are kept, what went by that, and what must not go. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('image_removals')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('case_id', 'text', (column) => column.notNull().unique().references('cases.id'))
    .addColumn('removed_at', 'text', (column) => column.notNull())
    .addColumn('removed_by', 'text', (column) => column.notNull())
    .addColumn('rule', 'text', (column) => column.notNull())
    .execute()
  await forbidChanges(db, 'image_removals')
  await createHolds(db)
  await db.schema
    .createTable('retention_settings')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute()
}

async function createHolds(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('legal_holds')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('lifts', 'integer', (column) => column.unique().references('legal_holds.id'))
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('legal_holds_by_case').on('legal_holds').columns(['case_id', 'id']).execute()
  await forbidChanges(db, 'legal_holds')
  await letErasureEmpty(db, 'legal_holds', 'reason', `new.reason = 'erased'`)
}
