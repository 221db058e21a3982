import { sql } from 'kysely'
import { reasonOf } from '../../../shared/connection-reasons.ts'
import type { Tried } from '../../../shared/department.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { asStoreError } from '../errors.ts'
import { connect, refuseUnsuitable, standing } from './open.ts'
import { type DatabaseUrl, SCHEMA } from './pool.ts'

/** Looks where an address leads, and changes nothing. @throws GyrusError as `openDepartment` */
export async function tryDepartment(url: DatabaseUrl): Promise<Tried> {
  const db = connect(url)
  try {
    const version = await refuseUnsuitable(db)
    if ((await standing(db)) === 'none') return { version, cases: null }
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(`${SCHEMA}.cases`)}`.execute(db)
    return { version, cases: rows[0]?.n ?? 0 }
  } catch (error) {
    const told = asStoreError(error)
    // A role that was given no rights, as at a start.
    throw told instanceof GyrusError && told.code === 'database-read-only'
      ? new GyrusError('database-refused', { reason: reasonOf('42501') }, { cause: error })
      : told
  } finally {
    await db.destroy()
  }
}
