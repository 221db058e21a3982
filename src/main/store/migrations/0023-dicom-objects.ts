import { type Kysely, sql } from 'kysely'
import { forbidChanges } from './0001-record.ts'

/** Which DICOM objects were made of a case, so that a later one names those that it supersedes; and what the department allows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('dicom_objects')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('uid', 'text', (column) => column.notNull().unique())
    .addColumn('installation', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('dicom_objects_by_case').on('dicom_objects').columns(['case_id', 'id']).execute()
  await forbidChanges(db, 'dicom_objects')
  // As in 0015.
  await sql`create trigger dicom_objects_no_replace before insert on dicom_objects
    when exists (select 1 from dicom_objects where id = new.id or uid = new.uid)
    begin select raise(abort, 'dicom_objects is append-only: this key is taken'); end`.execute(db)
  await db.schema
    .createTable('dicom_settings')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute()
}
