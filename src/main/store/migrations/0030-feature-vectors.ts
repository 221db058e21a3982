import { type Kysely, sql } from 'kysely'
import { forbidChanges } from './0001-record.ts'

/**
 * What the network saw in the pictures that it answered, in few numbers, so that alike ones are found; answers from before
 * have none. An erased case's is emptied.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('feature_vectors')
    .addColumn('result_id', 'integer', (column) => column.primaryKey().references('results.id'))
    .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id'))
    .addColumn('index_id', 'text', (column) => column.notNull())
    .addColumn('vector', 'blob', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('feature_vectors_by_case')
    .on('feature_vectors')
    .columns(['case_id', 'index_id'])
    .execute()
  await forbidChanges(db, 'feature_vectors')
  await sql`drop trigger feature_vectors_no_update`.execute(db)
  await sql`create trigger feature_vectors_no_update before update on feature_vectors
    when not (exists (select 1 from erasures where erasures.case_id = old.case_id) and new.result_id = old.result_id
      and new.case_id = old.case_id and new.index_id = old.index_id and new.vector = x'')
    begin select raise(abort, 'feature_vectors is append-only'); end`.execute(db)
  // As in 0015.
  await sql`create trigger feature_vectors_no_replace before insert on feature_vectors
    when exists (select 1 from feature_vectors where result_id = new.result_id)
    begin select raise(abort, 'feature_vectors is append-only: this key is taken'); end`.execute(db)
}
