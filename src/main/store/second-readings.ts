import type { Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import { GyrusError } from '../../shared/errors.ts'
import { appendAudit } from './audit.ts'
import { findCase } from './case-detail.ts'
import { refuseErased } from './erasures.ts'
import { refuseUnfit } from './review.ts'
import type { Database } from './schema.ts'
import { barredFromAdjudicating, barredFromReading } from './second-barred.ts'
import { renewSecond } from './second-state.ts'
import { sendSigned } from './sendings.ts'
import { signInPlace } from './sign.ts'
import type { NewAdjudication, NewVerdict } from './types.ts'

/** What another reader says who was not told what the first one does; signed as it is given. */
export async function readSecond(trx: Transaction<Database>, given: NewVerdict): Promise<void> {
  const { caseId, reader, verdict, label, comment } = given
  const found = await findCase(trx, caseId)
  await refuseErased(trx, caseId)
  const { verdict_id, result_id } = found
  if (found.second !== 'open' || verdict_id === null || result_id === null) throw new GyrusError('second-not-open')
  const barred = await barredFromReading(trx, caseId, reader)
  if (barred) throw new GyrusError(barred)
  refuseUnfit(found, verdict)
  const at = timeNow()
  const row = await trx
    .insertInto('second_readings')
    .values({ case_id: caseId, result_id, beside: verdict_id, reader, verdict, label, comment, at })
    .returningAll()
    .executeTakeFirstOrThrow()
  const detail = { id: row.id, verdict, label, result: result_id, beside: verdict_id }
  const binds = [{ kind: 'second_readings' as const, row }]
  await appendAudit(trx, at, [{ actor: reader, act: 'case.second-read', subject: caseId, detail, binds }])
  await renewSecond(trx, caseId)
  await sendSigned(trx, caseId, reader)
}

/** A third reader decides between two: their verdict, signed with it, takes the first one's place. Both stay on record. */
export async function adjudicate(trx: Transaction<Database>, given: NewAdjudication): Promise<void> {
  const { caseId, reader, verdictId } = given
  const found = await findCase(trx, caseId)
  await refuseErased(trx, caseId)
  if (found.second !== 'disputed') throw new GyrusError('adjudication-not-open')
  const barred = await barredFromAdjudicating(trx, caseId, reader)
  if (barred) throw new GyrusError(barred)
  if (found.verdict_id !== verdictId) throw new GyrusError('verdict-outdated')
  const at = timeNow()
  const signed = await signInPlace(trx, found, { ...given, reason: 'adjudication' }, at)
  const row = await trx
    .insertInto('adjudications')
    .values({ case_id: caseId, verdict_id: signed.verdict.id, reader, at })
    .returningAll()
    .executeTakeFirstOrThrow()
  const detail = { ...signed.detail, adjudication: row.id }
  const binds = [...signed.binds, { kind: 'adjudications' as const, row }]
  await appendAudit(trx, at, [{ actor: reader, act: 'case.adjudicated', subject: caseId, detail, binds }])
  await renewSecond(trx, caseId)
  await sendSigned(trx, caseId, reader)
}
