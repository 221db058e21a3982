import type { Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import { GyrusError } from '../../shared/errors.ts'
import type { MarkReason } from '../../shared/reading.ts'
import { appendAudit } from './audit.ts'
import { findCase } from './case-detail.ts'
import { refuseErased } from './erasures.ts'
import type { CaseRecord, Database } from './schema.ts'
import { secondSettings } from './second-settings.ts'
import { renewSecond } from './second-state.ts'

/** A reader asks for a second one. A mark stays. */
export async function markForSecond(trx: Transaction<Database>, caseId: string, reader: string): Promise<void> {
  const found = await findCase(trx, caseId)
  await refuseErased(trx, caseId)
  if (found.state === 'listed' || found.state === 'received' || found.state === 'failed') {
    throw new GyrusError('second-not-markable', { state: found.state })
  }
  if (await isMarked(trx, caseId)) throw new GyrusError('second-marked')
  await addMark(trx, caseId, reader, 'reader')
  await renewSecond(trx, caseId)
}

/** Where the department has such cases read twice: with the first verdict, before anybody can be told of it. */
export async function markByDepartment(trx: Transaction<Database>, found: CaseRecord): Promise<void> {
  if (found.state !== 'analysed' || (await isMarked(trx, found.id))) return
  const { when, below } = await secondSettings(trx)
  const asked = when === 'every' || (when === 'below' && found.confidence < below)
  if (asked) await addMark(trx, found.id, 'gyrus', when)
}

const isMarked = async (trx: Transaction<Database>, id: string): Promise<boolean> =>
  (await trx.selectFrom('second_marks').where('case_id', '=', id).select('id').executeTakeFirst()) !== undefined

async function addMark(trx: Transaction<Database>, caseId: string, by: string, why: MarkReason): Promise<void> {
  const at = timeNow()
  const row = await trx
    .insertInto('second_marks')
    .values({ case_id: caseId, marked_by: by, why, at })
    .returningAll()
    .executeTakeFirstOrThrow()
  const binds = [{ kind: 'second_marks' as const, row }]
  await appendAudit(trx, at, [{ actor: by, act: 'case.second-marked', subject: caseId, detail: { why }, binds }])
}
