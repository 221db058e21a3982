import { type Kysely, sql } from 'kysely'
import { forbidChanges } from './0001-record.ts'

/** What the department's organisation is called in reports, from when on: objects of before are made again as they were. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('organisations')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .execute()
  await forbidChanges(db, 'organisations')
  // As in 0015.
  await sql`create trigger organisations_no_replace before insert on organisations
    when exists (select 1 from organisations where id = new.id)
    begin select raise(abort, 'organisations is append-only: this key is taken'); end`.execute(db)
}
