import type { Kysely, Transaction } from 'kysely'
import type { Signed } from '../../shared/batches.ts'
import { timeNow } from '../../shared/clock.ts'
import { GyrusError } from '../../shared/errors.ts'
import type { Bound } from './audit/bindings.ts'
import { type AuditDetail, appendAudit } from './audit.ts'
import { seenBy } from './batch-files.ts'
import { findCase } from './case-detail.ts'
import { refuseErased } from './erasures.ts'
import { addVerdict } from './review.ts'
import type { CaseRecord, Database, SignatureRow, VerdictRow } from './schema.ts'
import { renewSecond } from './second-state.ts'
import { sendSigned } from './sendings.ts'
import type { NewAmendment, NewSignature, NewVerdict } from './types.ts'

/** Signs the verdict that the reader gave and that stands; from then on the case is changed by an amendment only. */
export async function sign(trx: Transaction<Database>, { caseId, verdictId, reader }: NewSignature): Promise<void> {
  const found = await findCase(trx, caseId)
  await refuseErased(trx, caseId)
  if (found.state !== 'reviewed') throw new GyrusError('case-not-signable', { state: found.state })
  if (found.reader !== reader) throw new GyrusError('verdict-not-yours', { reader: found.reader })
  if (found.verdict_id !== verdictId || !(await isCurrent(trx, found))) throw new GyrusError('verdict-outdated')
  await signStanding(trx, found, verdictId, reader)
}

/** A new verdict in the place of a signed one, signed with it; the old one and its signature stay on record. */
export async function amend(trx: Transaction<Database>, amendment: NewAmendment): Promise<void> {
  const { reader, caseId } = amendment
  const found = await findCase(trx, caseId)
  await refuseErased(trx, caseId)
  if (found.state !== 'signed') throw new GyrusError('case-not-signed', { state: found.state })
  // Neither does somebody who was not told what they would amend, nor one of two who differ.
  if (found.second === 'open' && found.reader !== reader) throw new GyrusError('second-first')
  if (found.second === 'disputed') throw new GyrusError('second-disputed')
  if (found.verdict_id !== amendment.verdictId) throw new GyrusError('verdict-outdated')
  const at = timeNow()
  const { detail, binds } = await signInPlace(trx, found, amendment, at)
  await appendAudit(trx, at, [{ actor: reader, act: 'case.amended', subject: found.id, detail, binds }])
  await renewSecond(trx, caseId)
  await sendSigned(trx, caseId, reader)
}

/** Puts a verdict with its signature in the place of the signed one that stands; the entry that binds them is the caller's. */
export async function signInPlace(
  trx: Transaction<Database>,
  found: CaseRecord,
  given: NewVerdict & { reason: string },
  at: string,
): Promise<{ verdict: VerdictRow; detail: AuditDetail; binds: Bound[] }> {
  if (found.verdict_id === null) throw new GyrusError('case-not-signed', { state: found.state })
  const before = await signatureOf(trx, found.verdict_id)
  const verdict = await addVerdict(trx, found, given, at, 'signed')
  const row = await trx
    .insertInto('signatures')
    .values({
      ...{ case_id: found.id, verdict_id: verdict.id, supersedes: before.id, kind: 'amend' },
      ...{ signer: given.reader, reason: given.reason, at },
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const detail = {
    ...{ verdict: verdict.verdict, label: verdict.label, id: verdict.id, result: verdict.result_id },
    ...{ supersedes: verdict.supersedes, signature: row.id },
  }
  const binds: Bound[] = [
    { kind: 'verdicts', row: verdict },
    { kind: 'signatures', row },
  ]
  return { verdict, detail, binds }
}

/** Signs those verdicts of this reader that stand on a result which they had on the screen. */
export async function signAll(trx: Transaction<Database>, caseIds: string[], reader: string): Promise<Signed> {
  const ids = [...new Set(caseIds)]
  const rows = await trx
    .selectFrom('cases')
    .innerJoin('results', 'results.id', 'cases.result_id')
    .innerJoin('verdicts', 'verdicts.id', 'cases.verdict_id')
    .where('cases.id', 'in', ids)
    .where('cases.state', '=', 'reviewed')
    .where('cases.id', 'not in', (eb) => eb.selectFrom('erasures').select('case_id'))
    .where('cases.reader', '=', reader)
    .whereRef('verdicts.result_id', '=', 'cases.result_id')
    .select(['cases.id', 'verdicts.id as verdict_id', seenBy(reader).as('opened')])
    .execute()
  const opened = rows.filter((row) => row.opened === 1)
  for (const { id, verdict_id } of opened) await sign(trx, { caseId: id, verdictId: verdict_id, reader })
  const signed = opened.length
  return { signed, notOpened: rows.length - signed, notSignable: ids.length - rows.length }
}

async function signStanding(
  trx: Transaction<Database>,
  { id }: CaseRecord,
  verdictId: number,
  reader: string,
): Promise<void> {
  const at = timeNow()
  const row = await trx
    .insertInto('signatures')
    .values({ case_id: id, verdict_id: verdictId, supersedes: null, kind: 'sign', signer: reader, reason: '', at })
    .returningAll()
    .executeTakeFirstOrThrow()
  await trx.updateTable('cases').set({ state: 'signed' }).where('id', '=', id).execute()
  const detail = { signature: row.id, verdict: verdictId }
  const binds = [{ kind: 'signatures' as const, row }]
  await appendAudit(trx, at, [{ actor: reader, act: 'case.signed', subject: id, detail, binds }])
  await renewSecond(trx, id)
  await sendSigned(trx, id, reader)
}

/** Whether the standing verdict is about the standing result. */
async function isCurrent(db: Kysely<Database>, { verdict_id, result_id }: CaseRecord): Promise<boolean> {
  const verdict = await db.selectFrom('verdicts').where('id', '=', verdict_id).select('result_id').executeTakeFirst()
  return verdict !== undefined && verdict.result_id === result_id
}

const signatureOf = (db: Kysely<Database>, verdictId: number): Promise<SignatureRow> =>
  db.selectFrom('signatures').where('verdict_id', '=', verdictId).selectAll().executeTakeFirstOrThrow()
