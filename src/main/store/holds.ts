import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import { GyrusError } from '../../shared/errors.ts'
import type { Hold } from '../../shared/retention.ts'
import { appendAudit } from './audit.ts'
import type { NewHold } from './care-types.ts'
import { findCase } from './case-detail.ts'
import { refuseErased } from './erasures.ts'
import { orNull } from './rows.ts'
import type { Database, HoldRow } from './schema.ts'

/** Holds that nothing has lifted yet. */
const inForce = sql`(select * from legal_holds as h where h.kind = 'hold'
  and not exists (select 1 from legal_holds as l where l.lifts = h.id))`

/** True for a row of `cases` that a hold keeps, its own or one on its patient. */
const isHeld = (cases: string): RawBuilder<boolean> => sql<boolean>`exists (
  select 1 from ${inForce} as hold join cases as kept on kept.id = hold.case_id
  where hold.case_id = ${sql.ref(`${cases}.id`)}
    or hold.case_id = (select series_id from slices where slices.case_id = ${sql.ref(`${cases}.id`)})
    or (hold.scope = 'patient' and kept.patient_id != '' and kept.patient_id = ${sql.ref(`${cases}.patient_id`)}))`

export async function heldAmong(db: Kysely<Database>, caseIds: string[]): Promise<string[]> {
  if (caseIds.length === 0) return []
  const rows = await db
    .selectFrom('cases')
    .where('id', 'in', caseIds)
    .where(isHeld('cases'))
    .select('id')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** @throws GyrusError `case-held` */
export async function refuseHeld(db: Kysely<Database>, id: string): Promise<void> {
  const [held] = await heldAmong(db, [id])
  if (held !== undefined) throw new GyrusError('case-held', { case: id })
}

/** All holds in force, newest first. */
export async function listHolds(db: Kysely<Database>): Promise<Hold[]> {
  const { rows } = await sql<HoldRow & { patient_id: string; cases: number }>`
    select hold.*, kept.patient_id, case
        when hold.scope = 'patient' and kept.patient_id != ''
        then (select count(*) from cases where cases.patient_id = kept.patient_id)
        else 1 end as cases
    from ${inForce} as hold join cases as kept on kept.id = hold.case_id order by hold.id desc`.execute(db)
  return rows.map(({ id, case_id, scope, patient_id, cases, actor, at, reason }) => ({
    ...{ id, caseId: case_id, scope, patientId: orNull(patient_id), cases, by: actor, at, reason },
  }))
}

/** Nothing of the case is erased or removed by a rule until the hold is lifted. */
export async function placeHold(trx: Transaction<Database>, hold: NewHold): Promise<void> {
  const { caseId, scope, by, reason } = hold
  const found = await findCase(trx, caseId)
  await refuseErased(trx, caseId)
  // Without an ID it would keep nothing but this case, and say more.
  if (scope === 'patient' && found.patient_id === '') throw new GyrusError('patient-unknown')
  await addRow(trx, { case_id: caseId, kind: 'hold', scope, lifts: null, actor: by, reason }, 'case.held')
}

/** @throws GyrusError `hold-unknown` */
export async function liftHold(
  trx: Transaction<Database>,
  { id, by, reason }: { id: number; by: string; reason: string },
): Promise<void> {
  const { rows } = await sql<HoldRow>`select * from ${inForce} as hold where hold.id = ${id}`.execute(trx)
  const [hold] = rows
  if (!hold) throw new GyrusError('hold-unknown')
  const { case_id, scope } = hold
  await addRow(trx, { case_id, kind: 'lift', scope, lifts: id, actor: by, reason }, 'case.hold-lifted')
}

async function addRow(trx: Transaction<Database>, row: Omit<HoldRow, 'id' | 'at'>, act: string): Promise<void> {
  const at = timeNow()
  const stored = await trx
    .insertInto('legal_holds')
    .values({ ...row, at })
    .returningAll()
    .executeTakeFirstOrThrow()
  const { case_id: subject, actor, scope } = stored
  const detail = { hold: stored.lifts ?? stored.id, scope }
  await appendAudit(trx, at, [{ actor, act, subject, detail, binds: [{ kind: 'legal_holds', row: stored }] }])
}
