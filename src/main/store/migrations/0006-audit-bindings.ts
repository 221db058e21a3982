import { randomUUID } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import { timeNow } from '../../../shared/clock.ts'
import { BOUND } from '../audit/bindings.ts'
import { appendAudit } from '../audit.ts'
import type { Database } from '../schema.ts'
import { forbidChanges } from './0001-record.ts'

/** Rows that one entry binds. */
const GROUP = 200

/** What there was before. Frozen: a kind that comes later binds from its first row on. */
const KINDS = [
  'scans',
  'scan_images',
  'cases',
  'results',
  'verdicts',
  'failures',
  'model_activations',
  'datasets',
  'training_runs',
] as const

/** Which entry binds which row, failures as rows of their own, and what the audit trail itself is set to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit_bindings')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('salt', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull().references('audit.seq'))
    .addPrimaryKeyConstraint('audit_bindings_key', ['kind', 'key'])
    .execute()
  await db.schema
    .createTable('audit_settings')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute()
  await sql`insert into audit_settings (name, value) values ('installation', ${randomUUID()})`.execute(db)
  // Lists go by time; the sequence, which is the row's id, is in every index.
  for (const columns of [['at'], ['actor', 'at'], ['act', 'at'], ['subject', 'at']]) {
    await db.schema.createIndex(`audit_by_${columns[0]}`).on('audit').columns(columns).execute()
  }
  await createFailures(db)
  for (const kind of KINDS) await bindAll(db as unknown as Transaction<Database>, kind)
}

/** Every failure, so that what stands on the case is a copy like its result and verdict. */
async function createFailures(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('failures')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id'))
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('details', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('failures_by_case').on('failures').columns(['case_id', 'id']).execute()
  await sql`insert into failures (case_id, code, details, created_at)
    select id, error_code, error_details,
      coalesce((select max(at) from audit where subject = cases.id and act = 'case.failed'), received_at)
    from cases where error_code is not null`.execute(db)
  await forbidChanges(db, 'failures')
}

/** Binds what was on record before, as it is now. */
async function bindAll(trx: Transaction<Database>, kind: (typeof KINDS)[number]): Promise<void> {
  const { table, ...rest } = BOUND[kind]
  // Columns that came later are not there yet. They are null then, and null takes no part in a digest.
  const there = await sql<{ name: string }>`select name from pragma_table_info(${table})`.execute(trx)
  const columns = BOUND[kind].columns.filter((column) => there.rows.some(({ name }) => name === column))
  const where = 'where' in rest ? rest.where : 'true'
  for (let after = 0; ; ) {
    const { rows } = await sql<{ place: number }>`
      select rowid as place, ${sql.join(columns.map((column) => sql.ref(column)))} from ${sql.table(table)}
      where rowid > ${after} and ${sql.raw(where)} order by rowid limit ${GROUP}`.execute(trx)
    const last = rows.at(-1)
    if (!last) return
    const binds = rows.map((row) => ({ kind, row }))
    const detail = { reason: 'on record before entries bound rows' }
    await appendAudit(trx, timeNow(), [{ actor: 'gyrus', act: 'audit.bound', subject: kind, detail, binds }])
    after = last.place
  }
}
