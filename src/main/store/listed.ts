import { type Kysely, sql, type Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import { GyrusError } from '../../shared/errors.ts'
import { appendAudit } from './audit.ts'
import type { Database } from './schema.ts'
import type { PendingCase } from './types.ts'

/**
 * Has listed cases analysed, and the series that they are of, as far as they still are listed and have their images.
 * @returns what is to be read: of a series its slices
 */
export async function queueListed(trx: Transaction<Database>, ids: string[], actor: string): Promise<PendingCase[]> {
  const at = timeNow()
  const rows = await trx
    .updateTable('cases')
    .set({ state: 'received' })
    .where('state', '=', 'listed')
    .where((eb) => eb.or([eb('id', 'in', ids), eb('id', 'in', besides(trx, ids))]))
    .where('scan_sha256', 'is not', null)
    .where('id', 'not in', (eb) => eb.selectFrom('erasures').select('case_id'))
    .where('id', 'not in', (eb) => eb.selectFrom('image_removals').select('case_id'))
    .returning(['id', 'file_name as fileName', 'scan_sha256 as sha256'])
    .$narrowType<{ sha256: string }>()
    .execute()
  if (rows.length === 0) throw new GyrusError('case-not-listed')
  const entries = rows.map(({ id: subject }) => ({ actor, act: 'case.queued', subject, detail: {} }))
  await appendAudit(trx, at, entries)
  const series = await trx
    .selectFrom('series')
    .where(
      'case_id',
      'in',
      rows.map(({ id }) => id),
    )
    .select('case_id')
    .execute()
  return rows.filter(({ id }) => !series.some(({ case_id }) => case_id === id))
}

/** Cases of the same series: of one patient alone, whatever the UIDs say. */
const besides = (db: Kysely<Database>, ids: string[]) =>
  db
    .selectFrom('case_dicom as named')
    .innerJoin('cases as its', 'its.id', 'named.case_id')
    .innerJoin('case_dicom as other', 'other.series_uid', 'named.series_uid')
    .innerJoin('cases as others', 'others.id', 'other.case_id')
    .where('named.case_id', 'in', ids)
    .where('named.series_uid', '!=', '')
    .where(sql<boolean>`other.study_uid = named.study_uid and others.patient_id = its.patient_id`)
    .select('other.case_id')
