import { type Kysely, sql } from 'kysely'
import { forbidChanges } from './0001-record.ts'

/** Who signed which verdict. Append-only; a verdict is signed once, and an amendment supersedes one signature. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('signatures')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id'))
    .addColumn('verdict_id', 'integer', (column) => column.notNull().unique().references('verdicts.id'))
    .addColumn('supersedes', 'integer', (column) => column.unique().references('signatures.id'))
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('sign', 'amend')`))
    .addColumn('signer', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addCheckConstraint('signatures_reason', sql`(kind = 'amend') = (reason != '')`)
    .addCheckConstraint('signatures_chain', sql`(kind = 'amend') = (supersedes is not null)`)
    .execute()
  // A case has one first signature, whoever signs at the same moment.
  await sql`create unique index signatures_first on signatures (case_id) where supersedes is null`.execute(db)
  await db.schema.createIndex('signatures_by_case').on('signatures').columns(['case_id', 'id']).execute()
  await forbidChanges(db, 'signatures')
}
