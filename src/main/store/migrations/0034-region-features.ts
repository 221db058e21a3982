import { type Kysely, sql } from 'kysely'
import { forbidChanges } from './0001-record.ts'
import { letErasureEmpty } from './0011-care.ts'

/** What was measured of the brain region of pictures that were answered; answers from before have none. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('region_features')
    .addColumn('result_id', 'integer', (column) => column.primaryKey().references('results.id'))
    .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id'))
    .addColumn('features', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('region_features_by_case').on('region_features').column('case_id').execute()
  await forbidChanges(db, 'region_features')
  await letErasureEmpty(db, 'region_features', 'features', `new.features = ''`)
  // As in 0015.
  await sql`create trigger region_features_no_replace before insert on region_features
    when exists (select 1 from region_features where result_id = new.result_id)
    begin select raise(abort, 'region_features is append-only: this key is taken'); end`.execute(db)
}
