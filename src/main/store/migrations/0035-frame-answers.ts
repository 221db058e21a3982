import { type Kysely, sql } from 'kysely'
import { forbidChanges } from './0001-record.ts'

/** What the model says of each frame of a file, beside the result that they come to. It does not tell of a patient. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('frame_answers')
    .addColumn('result_id', 'integer', (column) => column.primaryKey().references('results.id'))
    .addColumn('standing', 'text', (column) => column.notNull())
    .addColumn('frames', 'text', (column) => column.notNull())
    .execute()
  await forbidChanges(db, 'frame_answers')
  // As in 0015.
  await sql`create trigger frame_answers_no_replace before insert on frame_answers
    when exists (select 1 from frame_answers where result_id = new.result_id)
    begin select raise(abort, 'frame_answers is append-only: this key is taken'); end`.execute(db)
}
