import type { ExpressionBuilder, Kysely } from 'kysely'
import { GyrusError } from '../../shared/errors.ts'
import type { Database } from './schema.ts'

/** @throws GyrusError `case-erased` */
export async function refuseErased(db: Kysely<Database>, id: string): Promise<void> {
  const [erased] = await erasedAmong(db, [id])
  if (erased !== undefined) throw new GyrusError('case-erased')
}

export async function erasedAmong(db: Kysely<Database>, caseIds: string[]): Promise<string[]> {
  if (caseIds.length === 0) return []
  const rows = await db.selectFrom('erasures').where('case_id', 'in', caseIds).select('case_id').execute()
  return rows.map((row) => row.case_id)
}

/**
 * Scans of which no copy may be kept: of each of their cases either all was erased, or the image removed by a rule.
 *
 * @param among only of these
 */
export async function erasedScans(db: Kysely<Database>, among?: string[]): Promise<string[]> {
  if (among?.length === 0) return []
  const rows = await db
    .selectFrom('cases')
    .where('cases.scan_sha256', 'is not', null)
    .where((eb) => eb.or([isGone(eb, 'erasures'), isGone(eb, 'image_removals')]))
    .$if(among !== undefined, (query) => query.where('cases.scan_sha256', 'in', among ?? []))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('cases as other')
            .whereRef('other.scan_sha256', '=', 'cases.scan_sha256')
            .where('other.id', 'not in', (eb) => eb.selectFrom('erasures').select('case_id'))
            .where('other.id', 'not in', (eb) => eb.selectFrom('image_removals').select('case_id'))
            .select('other.id'),
        ),
      ),
    )
    .select('cases.scan_sha256 as sha256')
    .distinct()
    .$narrowType<{ sha256: string }>()
    .execute()
  return rows.map(({ sha256 }) => sha256)
}

const isGone = (eb: ExpressionBuilder<Database, 'cases'>, by: 'erasures' | 'image_removals') =>
  eb('cases.id', 'in', eb.selectFrom(by).select('case_id'))

/** Cases of the scan at hand that need its copy. */
export const livingCases = (eb: ExpressionBuilder<Database, 'scans'>) =>
  eb
    .selectFrom('cases')
    .whereRef('cases.scan_sha256', '=', 'scans.sha256')
    .where('cases.id', 'not in', (inner) => inner.selectFrom('erasures').select('case_id'))
    .where('cases.id', 'not in', (inner) => inner.selectFrom('image_removals').select('case_id'))
    .select('cases.id')
