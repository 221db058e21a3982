import { type Kysely, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { KEPT } from '../../shared/attention.ts'
import type { Called } from '../../shared/labels.ts'
import { itself } from './dialect/words.ts'
import type { BatchFilesTable, CasesTable, Database } from './schema.ts'

/**
 * Whether the answer is kept from a reader, who has recorded no impression of it: to a case that is unread, or that
 * somebody else than its first reader is to read, too. Needs `cases`.
 */
export const hiddenFrom = (reader: string) => sql<number>`((cases.state = 'analysed' or
  (cases.second in ('marked', 'open') and cases.reader != ${reader})) and not exists
  (select 1 from impressions where impressions.result_id = cases.result_id and impressions.reader = ${reader}))`

const CASE_COLUMNS = [
  ...(['id', 'scan_sha256', 'received_at', 'received_by', 'source', 'file_name', 'patient_name'] as const),
  ...(['patient_id', 'study_date', 'description', 'state', 'error_code', 'error_details', 'result_id'] as const),
  ...(['model_id', 'verdict_id', 'verdict', 'verdict_label', 'reader', 'dismissed_at', 'second', 'waited'] as const),
] satisfies (keyof CasesTable)[]

/** The cases as a reader may see them: filters, order and search know no more than the rows show. */
export function casesFor(db: Kysely<Database>, blind: string | null): SelectQueryBuilder<Database, 'cases', object> {
  if (blind === null) return db.selectFrom('cases')
  const hidden = hiddenFrom(blind)
  const masked = db
    .selectFrom('cases')
    .select(CASE_COLUMNS)
    .select(sql<Called | ''>`case when ${hidden} then '' else label end`.as('label'))
    .select(sql<number>`case when ${hidden} then -1 else confidence end`.as('confidence'))
  return db.selectFrom(masked.as('cases')) as unknown as SelectQueryBuilder<Database, 'cases', object>
}

/**
 * A query of the table `cases` over the cases as a reader may see them: what it finds and sorts by is what the rows show.
 * `hidden` is 1 where the answer is kept from the reader.
 */
export function seenBy<T>(blind: string | null, query: RawBuilder<T>): RawBuilder<T> {
  if (blind === null) return query
  const hidden = hiddenFrom(blind)
  return sql<T>`with cases as (
    select rowid as rowid, ${sql.join(CASE_COLUMNS.map((column) => sql.ref(column)))}, ${hidden} as hidden,
      case when ${hidden} then '' else label end as label,
      case when ${hidden} then -1 else confidence end as confidence
    from ${itself('cases')}) ${query}`
}

const FILE_COLUMNS = [
  ...(['batch_id', 'seq', 'root', 'path', 'state', 'case_id', 'error_code', 'error_details'] as const),
] satisfies (keyof BatchFilesTable)[]

/** The files of batches as a reader may see them. */
export function filesFor(
  db: Kysely<Database>,
  blind: string | null,
): SelectQueryBuilder<Database, 'batch_files', object> {
  if (blind === null) return db.selectFrom('batch_files')
  const hidden = sql`exists (select 1 from cases where cases.id = batch_files.case_id and ${hiddenFrom(blind)})`
  const masked = db
    .selectFrom('batch_files')
    .select(FILE_COLUMNS)
    .select(sql<Called | ''>`case when ${hidden} then '' else label end`.as('label'))
    .select(sql<number>`case when ${hidden} then -1 else confidence end`.as('confidence'))
    .select(sql<number>`case when ${hidden} then ${KEPT} else calm end`.as('calm'))
  return db.selectFrom(masked.as('batch_files')) as unknown as SelectQueryBuilder<Database, 'batch_files', object>
}

export async function isHidden(db: Kysely<Database>, id: string, reader: string): Promise<boolean> {
  const row = await db
    .selectFrom('cases')
    .where('id', '=', id)
    .select(hiddenFrom(reader).as('hidden'))
    .executeTakeFirst()
  return row?.hidden === 1
}

/** The same for what is shown of a picture, of which a slice is kept as long as the series that it is read in. */
export async function isPictureHidden(db: Kysely<Database>, id: string, reader: string): Promise<boolean> {
  const rows = await db
    .selectFrom('cases')
    .where((eb) =>
      eb.or([eb('id', '=', id), eb('id', '=', eb.selectFrom('slices').where('case_id', '=', id).select('series_id'))]),
    )
    .select(hiddenFrom(reader).as('hidden'))
    .execute()
  return rows.length > 0 && rows.every(({ hidden }) => hidden === 1)
}
