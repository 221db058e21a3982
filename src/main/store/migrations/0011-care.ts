import { type Kysely, sql } from 'kysely'
import { forbidChanges } from './0001-record.ts'

/** What was erased, and where and how often the data folder is backed up. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('erasures')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('case_id', 'text', (column) => column.notNull().unique().references('cases.id'))
    .addColumn('erased_at', 'text', (column) => column.notNull())
    .addColumn('erased_by', 'text', (column) => column.notNull())
    .addColumn('reason_sha256', 'text', (column) => column.notNull())
    .execute()
  await forbidChanges(db, 'erasures')
  await letErasureEmpty(db, 'verdicts', 'comment', `new.comment = ''`)
  await letErasureEmpty(db, 'failures', 'details', 'new.details is null')
  // An amendment has a reason, so that something stands there.
  await letErasureEmpty(db, 'signatures', 'reason', `new.reason = iif(new.kind = 'amend', 'erased', '')`)
  await db.schema
    .createTable('backup_settings')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute()
}

/** The one change that an append-only row allows: its free text is emptied once its case has a tombstone. */
export async function letErasureEmpty(
  db: Kysely<unknown>,
  table: string,
  column: string,
  emptied: string,
): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from pragma_table_info(${table})`.execute(db)
  const others = rows.filter(({ name }) => name !== column).map(({ name }) => `new.${name} is old.${name}`)
  const erased = 'exists (select 1 from erasures where erasures.case_id = old.case_id)'
  const allowed = [erased, emptied, ...others].join(' and ')
  await sql.raw(`drop trigger ${table}_no_update`).execute(db)
  await sql
    .raw(
      `create trigger ${table}_no_update before update on ${table} when not (${allowed})
       begin select raise(abort, '${table} is append-only'); end`,
    )
    .execute(db)
}
