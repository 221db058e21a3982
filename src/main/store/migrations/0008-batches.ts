import { type Kysely, sql } from 'kysely'
import { forbidChanges } from './0001-record.ts'

/** Batches with their files, and who has looked at which case. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createBatches(db)
  await createRoots(db)
  await createFiles(db)
  await followCases(db)
  await countFiles(db)
  await createViews(db)
}

const COUNTERS = ['files', 'analysed', 'failed', 'skipped'] as const

async function createBatches(db: Kysely<unknown>): Promise<void> {
  let table = db.schema.createTable('batches').addColumn('id', 'text', (column) => column.primaryKey())
  for (const name of ['name', 'origin', 'options', 'state', 'created_at', 'created_by', 'changed_at']) {
    table = table.addColumn(name, 'text', (column) => column.notNull())
  }
  for (const name of ['listed', 'passed_over', 'worked_ms', ...COUNTERS]) {
    table = table.addColumn(name, 'integer', (column) => column.notNull().defaultTo(0))
  }
  await table.addColumn('error_code', 'text').addColumn('error_details', 'text').execute()
  await db.schema.createIndex('batches_by_state').on('batches').columns(['state', 'id']).execute()
}

/** What was chosen: folders and files. */
async function createRoots(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('batch_roots')
    .addColumn('batch_id', 'text', (column) => column.notNull().references('batches.id'))
    .addColumn('root', 'integer', (column) => column.notNull())
    .addColumn('path', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('batch_roots_key', ['batch_id', 'root'])
    .execute()
}

async function createFiles(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('batch_files')
    .addColumn('batch_id', 'text', (column) => column.notNull().references('batches.id'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('root', 'integer', (column) => column.notNull())
    .addColumn('path', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('case_id', 'text', (column) => column.references('cases.id'))
    .addColumn('label', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('confidence', 'real', (column) => column.notNull().defaultTo(-1))
    .addColumn('calm', 'real', (column) => column.notNull().defaultTo(2))
    .addColumn('error_code', 'text')
    .addColumn('error_details', 'text')
    .addPrimaryKeyConstraint('batch_files_key', ['batch_id', 'seq'])
    .execute()
  // A folder that is walked again after a kill gives no file twice.
  const index = (name: string) => db.schema.createIndex(`batch_files_by_${name}`).on('batch_files')
  await index('path').unique().columns(['batch_id', 'root', 'path']).execute()
  await index('state').columns(['batch_id', 'state', 'seq']).execute()
  await index('case').column('case_id').execute()
  // All that the page filters and counts by stands in the index that it sorts by: the rows themselves are not touched.
  await index('calm').columns(['batch_id', 'calm', 'seq', 'state', 'label', 'confidence']).execute()
  await index('order').columns(['batch_id', 'seq', 'state', 'label', 'confidence']).execute()
}

/** A file stands where its case stands, whoever moves that. One to be tried again waits, until its case moves. */
async function followCases(db: Kysely<unknown>): Promise<void> {
  await sql`
    create trigger batch_files_follow after update of state on cases when new.state != old.state
    begin update batch_files set state = new.state where case_id = new.id and state != 'skipped'; end`.execute(db)
}

/** Counts what is in a batch, so that a list of batches need not. */
async function countFiles(db: Kysely<unknown>): Promise<void> {
  const by = (sign: '+' | '-', row: 'new' | 'old') => `
    analysed = analysed ${sign} (${row}.state in ('analysed', 'reviewed', 'signed')),
    failed = failed ${sign} (${row}.state = 'failed'),
    skipped = skipped ${sign} (${row}.state = 'skipped')`
  const update = (changes: string) => `begin update batches set ${changes} where id = new.batch_id; end`
  const count = (name: string, when: string, does: string) =>
    sql.raw(`create trigger batch_files_${name} after ${when} on batch_files ${does}`).execute(db)
  await count('added', 'insert', update(`files = files + 1, ${by('+', 'new')}`))
  await count('left', 'update of state', update(by('-', 'old')))
  await count('entered', 'update of state', update(by('+', 'new')))
}

/** Append-only: who had which case, with its result, on the screen. */
async function createViews(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('case_views')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id'))
    .addColumn('reader', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('case_views_by_case').on('case_views').columns(['case_id', 'reader', 'at']).execute()
  await db.schema.createIndex('case_views_by_reader').on('case_views').columns(['reader', 'at']).execute()
  await forbidChanges(db, 'case_views')
}
