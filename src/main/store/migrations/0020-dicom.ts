import { type Kysely, sql } from 'kysely'
import { forbidChanges } from './0001-record.ts'

/** What a DICOM file says of itself, and by what of it cases are found. An erased case's row is emptied as a whole. */
export async function up(db: Kysely<unknown>): Promise<void> {
  let table = db.schema
    .createTable('case_dicom')
    .addColumn('case_id', 'text', (column) => column.primaryKey().references('cases.id'))
  for (const name of COLUMNS) table = table.addColumn(name, 'text', (column) => column.notNull())
  await table.execute()
  for (const name of FOUND_BY) {
    await db.schema.createIndex(`case_dicom_by_${name}`).on('case_dicom').columns([name, 'case_id']).execute()
  }
  await forbidChanges(db, 'case_dicom')
  const emptied = COLUMNS.map((name) => `new.${name} = ''`).join(' and ')
  const erased = 'exists (select 1 from erasures where erasures.case_id = old.case_id)'
  await sql`drop trigger case_dicom_no_update`.execute(db)
  await sql
    .raw(
      `create trigger case_dicom_no_update before update on case_dicom
       when not (${erased} and new.case_id = old.case_id and ${emptied})
       begin select raise(abort, 'case_dicom is append-only'); end`,
    )
    .execute(db)
  // As in 0015.
  await sql`create trigger case_dicom_no_replace before insert on case_dicom
    when exists (select 1 from case_dicom where case_id = new.case_id)
    begin select raise(abort, 'case_dicom is append-only: this key is taken'); end`.execute(db)
}

const FOUND_BY = ['study_uid', 'series_uid', 'instance_uid', 'accession_number']
/** `facts`: all of them, as JSON. */
const COLUMNS = [...FOUND_BY, 'modality', 'facts']
