import { type Kysely, sql } from 'kysely'
import { forbidChanges } from './0001-record.ts'
import { letErasureEmpty } from './0011-care.ts'

/** What was tried out on pictures of cases, which is no result; and scans that were made of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  let experiments = db.schema
    .createTable('experiments')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id'))
  for (const name of ['model_id', 'weights_sha256', 'preprocessing_version', 'engine', 'steps', 'label', 'gate']) {
    experiments = experiments.addColumn(name, 'text', (column) => column.notNull())
  }
  for (const name of ['p_glioma', 'p_meningioma', 'p_notumor', 'p_pituitary']) {
    experiments = experiments.addColumn(name, 'real', (column) => column.notNull())
  }
  await experiments
    .addColumn('made_by', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('experiments_by_case').on('experiments').columns(['case_id', 'id']).execute()
  await db.schema
    .createTable('edited_scans')
    .addColumn('case_id', 'text', (column) => column.primaryKey().references('cases.id'))
    .addColumn('origin_id', 'text', (column) => column.notNull().references('cases.id'))
    .addColumn('experiment_id', 'integer', (column) => column.notNull().references('experiments.id'))
    .execute()
  await db.schema.createIndex('edited_scans_by_origin').on('edited_scans').column('origin_id').execute()
  await forbidChanges(db, 'experiments')
  await forbidChanges(db, 'edited_scans')
  await letErasureEmpty(db, 'experiments', 'steps', `new.steps = ''`)
  // As in 0015.
  for (const [table, key] of [
    ['experiments', 'id'],
    ['edited_scans', 'case_id'],
  ]) {
    await sql
      .raw(
        `create trigger ${table}_no_replace before insert on ${table}
         when exists (select 1 from ${table} where ${key} = new.${key})
         begin select raise(abort, '${table} is append-only: this key is taken'); end`,
      )
      .execute(db)
  }
}
