import { type Kysely, sql } from 'kysely'

/** The record: scans, cases, results, verdicts and the audit chain. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('scans')
    .addColumn('sha256', 'text', (column) => column.primaryKey())
    .addColumn('bytes', 'integer', (column) => column.notNull())
    .addColumn('format', 'text')
    .addColumn('width', 'integer')
    .addColumn('height', 'integer')
    .addColumn('stored_at', 'text', (column) => column.notNull())
    .execute()

  await createCases(db)
  await createResults(db)
  await createVerdicts(db)

  await db.schema
    .createTable('audit')
    .addColumn('seq', 'integer', (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('act', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('detail', 'text', (column) => column.notNull())
    .addColumn('previous_hash', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .execute()

  for (const table of ['results', 'verdicts', 'audit']) await forbidChanges(db, table)
}

async function createCases(db: Kysely<unknown>): Promise<void> {
  const text = ['file_name', 'patient_name', 'patient_id', 'study_date', 'description', 'source', 'state']
  const standing = ['label', 'model_id', 'verdict', 'verdict_label', 'reader']
  let table = db.schema
    .createTable('cases')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('scan_sha256', 'text', (column) => column.references('scans.sha256'))
    .addColumn('received_at', 'text', (column) => column.notNull())
    .addColumn('received_by', 'text', (column) => column.notNull())
  for (const name of [...text, ...standing]) {
    table = table.addColumn(name, 'text', (column) => column.notNull().defaultTo(''))
  }
  await table
    .addColumn('confidence', 'real', (column) => column.notNull().defaultTo(-1))
    .addColumn('error_code', 'text')
    .addColumn('error_details', 'text')
    .addColumn('result_id', 'integer')
    .addColumn('verdict_id', 'integer')
    .addColumn('dismissed_at', 'text')
    .execute()
  for (const name of ['received_at', 'confidence', 'scan_sha256', ...text, ...standing]) {
    await db.schema.createIndex(`cases_by_${name}`).on('cases').columns([name, 'id']).execute()
  }
}

async function createResults(db: Kysely<unknown>): Promise<void> {
  let table = db.schema
    .createTable('results')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id'))
    .addColumn('supersedes', 'integer', (column) => column.unique().references('results.id'))
  for (const name of ['model_id', 'weights_sha256', 'preprocessing_version', 'engine', 'label', 'created_at']) {
    table = table.addColumn(name, 'text', (column) => column.notNull())
  }
  for (const name of ['p_glioma', 'p_meningioma', 'p_notumor', 'p_pituitary']) {
    table = table.addColumn(name, 'real', (column) => column.notNull())
  }
  for (const name of ['decode_ms', 'preprocess_ms', 'inference_ms']) {
    table = table.addColumn(name, 'real', (column) => column.notNull())
  }
  await table.execute()
  // A case has one first result, whatever is retried after a crash.
  await sql`create unique index results_first on results (case_id) where supersedes is null`.execute(db)
  await db.schema.createIndex('results_by_case').on('results').columns(['case_id', 'id']).execute()
}

async function createVerdicts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('verdicts')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id'))
    .addColumn('result_id', 'integer', (column) => column.notNull().references('results.id'))
    .addColumn('supersedes', 'integer', (column) => column.unique().references('verdicts.id'))
    .addColumn('reader', 'text', (column) => column.notNull())
    .addColumn('verdict', 'text', (column) => column.notNull())
    .addColumn('label', 'text')
    .addColumn('comment', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('verdicts_by_case').on('verdicts').columns(['case_id', 'id']).execute()
}

/** SQLite's form of append-only; PostgreSQL will have its own. */
export async function forbidChanges(db: Kysely<unknown>, table: string): Promise<void> {
  for (const act of ['update', 'delete']) {
    await sql
      .raw(
        `create trigger ${table}_no_${act} before ${act} on ${table}
         begin select raise(abort, '${table} is append-only'); end`,
      )
      .execute(db)
  }
}
