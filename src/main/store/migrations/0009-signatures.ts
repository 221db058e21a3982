import { type Kysely, sql } from 'kysely'
import { forbidChanges } from './0001-record.ts'

/** Who signed which verdict, and what readers thought before they were shown an answer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createSignatures(db)
  await createImpressions(db)
}

/** Append-only; a verdict is signed once, and an amendment supersedes one signature. */
async function createSignatures(db: Kysely<unknown>): Promise<void> {
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

/** What a reader thought before the answer was shown, and from whom it is kept until then. */
async function createImpressions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('impressions')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id'))
    .addColumn('result_id', 'integer', (column) => column.notNull().references('results.id'))
    .addColumn('reader', 'text', (column) => column.notNull())
    .addColumn('impression', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addUniqueConstraint('impressions_once', ['result_id', 'reader'])
    .execute()
  await db.schema.createIndex('impressions_by_case').on('impressions').columns(['case_id', 'id']).execute()
  await forbidChanges(db, 'impressions')
  await db.schema
    .createTable('reading_settings')
    .addColumn('reader', 'text', (column) => column.primaryKey())
    .addColumn('impression_first', 'integer', (column) => column.notNull())
    .execute()
}
