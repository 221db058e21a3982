import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { SameImage } from '../../shared/cases.ts'
import type { Database } from './schema.ts'

/** Cases of a case. */
const TOLD = 20
/** Cases of one image that are looked at, the oldest first: however often a file says that it is the same, no page waits. */
const LOOKED_AT = 100

/** Cases whose files say that they are the same image (SOP Instance UID) and have other bytes, the oldest first. */
export async function otherBytesOf(db: Kysely<Database>, caseId: string): Promise<SameImage[]> {
  const { rows } = await sql<SameImage>`select ${NAMED} from case_dicom as own
    join cases as mine on mine.id = own.case_id
    join cases as other on other.id in ${sameImageAs(sql`(select instance_uid from case_dicom where case_id = ${caseId})`)}
    where own.case_id = ${caseId} and own.instance_uid != '' and ${differs} order by other.id limit ${TOLD}`.execute(db)
  return rows
}

/** The first of them of each case; none of a case that has none. */
export async function firstOtherBytes(db: Kysely<Database>, caseIds: string[]): Promise<Map<string, SameImage>> {
  if (caseIds.length === 0) return new Map()
  const { rows } = await firstQuery(caseIds).execute(db)
  return new Map(rows.map(({ caseId, ...image }) => [caseId, image]))
}

export const firstQuery = (caseIds: string[]) =>
  sql<SameImage & { caseId: string }>`
    select found.own_id as "caseId", ${NAMED} from (
      select own.case_id as own_id, (
        select same.case_id from ${sameImageAs(sql`own.instance_uid`)} as same join cases as other on other.id = same.case_id
        where ${differs} limit 1
      ) as other_id
      from case_dicom as own join cases as mine on mine.id = own.case_id
      where own.instance_uid != '' and own.case_id in (${sql.join(caseIds)})
    ) as found join cases as other on other.id = found.other_id`

const NAMED = sql`other.id, other.received_at as "receivedAt", other.file_name as "fileName"`

/**
 * By the index of the UID, which goes on in the order of the cases.
 *
 * @param uid of the case that is asked about. Where it is a column of a table beside it, PostgreSQL would ask anew for each
 * case on record that might be one of them: then the rows are to be taken from it, and not to be held against it.
 */
const sameImageAs = (uid: RawBuilder<unknown>): RawBuilder<unknown> => sql`(select case_id from case_dicom
  where case_dicom.instance_uid = ${uid} order by case_id limit ${sql.lit(LOOKED_AT)})`

/** A series carries what one of its slices says, and the bytes of the slice that stands for it now: it is no image itself. */
const isImage = (name: 'mine' | 'other') =>
  sql`not exists (select 1 from slices where slices.series_id = ${sql.ref(name)}.id)`

/** A copy, byte for byte, is none. Needs `mine` and `other`. */
const differs = sql`other.scan_sha256 != mine.scan_sha256 and ${isImage('mine')} and ${isImage('other')}`
