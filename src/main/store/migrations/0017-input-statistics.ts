import { type Kysely, sql } from 'kysely'
import { forbidChanges } from './0001-record.ts'

/** What was measured of the pictures that were answered; answers from before have none. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('input_statistics')
    .addColumn('result_id', 'integer', (column) => column.primaryKey().references('results.id'))
    .addColumn('brightness', 'real', (column) => column.notNull())
    .addColumn('contrast', 'real', (column) => column.notNull())
    .addColumn('sharpness', 'real', (column) => column.notNull())
    .addColumn('noise', 'real', (column) => column.notNull())
    .addColumn('head', 'real', (column) => column.notNull())
    .execute()
  await forbidChanges(db, 'input_statistics')
  // As in 0015.
  await sql`create trigger input_statistics_no_replace before insert on input_statistics
    when exists (select 1 from input_statistics where result_id = new.result_id)
    begin select raise(abort, 'input_statistics is append-only: this key is taken'); end`.execute(db)
}
