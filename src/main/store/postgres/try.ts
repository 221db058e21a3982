import { type Kysely, sql } from 'kysely'
import { reasonOf } from '../../../shared/connection-reasons.ts'
import type { Tried } from '../../../shared/department.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { recordMark } from '../department.ts'
import { asStoreError } from '../errors.ts'
import type { RecordMark } from '../model-types.ts'
import type { Database } from '../schema.ts'
import { connect, refuseUnsuitable, standing } from './open.ts'
import { type DatabaseUrl, SCHEMA } from './pool.ts'

/** What is there, and what its files have to be marked with. */
export interface TriedDatabase {
  found: Tried
  mark: RecordMark
}

/** Whoever comes first makes the tables. @throws GyrusError `database-refused` */
async function refusePowerless(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ may: number }>`
    select has_database_privilege(current_database(), 'create') as may`.execute(db)
  if (rows[0]?.may !== 1) throw new GyrusError('database-refused', { reason: reasonOf('42501') })
}

/** Looks where an address leads, and changes nothing. @throws GyrusError as `openDepartment` */
export async function tryDepartment(url: DatabaseUrl): Promise<TriedDatabase> {
  const db = connect(url)
  try {
    const version = await refuseUnsuitable(db)
    if ((await standing(db)) === 'none') {
      await refusePowerless(db)
      return { found: { version, cases: null }, mark: { id: null, marked: false } }
    }
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(`${SCHEMA}.cases`)}`.execute(db)
    return { found: { version, cases: rows[0]?.n ?? 0 }, mark: await recordMark(db) }
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
