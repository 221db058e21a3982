import type { Transaction } from 'kysely'
import { isDismissable, type Verdict } from '../../shared/cases.ts'
import { timeNow } from '../../shared/clock.ts'
import { GyrusError } from '../../shared/errors.ts'
import { appendAudit } from './audit.ts'
import { findCase } from './case-detail.ts'
import { refuseErased } from './erasures.ts'
import { refuseSlice } from './of-series.ts'
import { orNull } from './rows.ts'
import type { CaseRecord, Database, VerdictRow } from './schema.ts'
import { markByDepartment } from './second-marks.ts'
import { renewSecond } from './second-state.ts'
import type { NewVerdict, PendingCase } from './types.ts'

/** Logs a verdict on the standing result; it supersedes the reader's or anyone's earlier one. */
export async function review(trx: Transaction<Database>, verdict: NewVerdict): Promise<void> {
  const found = await findCase(trx, verdict.caseId)
  await refuseErased(trx, found.id)
  await refuseSlice(trx, found.id)
  if (found.state === 'signed') throw new GyrusError('case-signed')
  const reviewable = found.state === 'analysed' || found.state === 'reviewed'
  if (!reviewable) throw new GyrusError('case-not-reviewable', { state: found.state })

  const at = timeNow()
  const row = await addVerdict(trx, found, verdict, at, 'reviewed')
  const { id, result_id: result, supersedes, label, reader: actor } = row
  const detail = { verdict: row.verdict, label, id, result, supersedes }
  const binds = [{ kind: 'verdicts' as const, row }]
  await appendAudit(trx, at, [{ actor, act: 'case.reviewed', subject: found.id, detail, binds }])
  await markByDepartment(trx, found)
  await renewSecond(trx, found.id)
}

/** A verdict on the standing result that stands from now on; the entry that binds it is the caller's. */
export async function addVerdict(
  trx: Transaction<Database>,
  found: CaseRecord,
  { reader, verdict, label, comment }: NewVerdict,
  at: string,
  state: 'reviewed' | 'signed',
): Promise<VerdictRow> {
  if (found.result_id === null) throw new GyrusError('case-not-reviewable', { state: found.state })
  refuseUnfit(found, verdict)
  const { id, result_id, verdict_id: supersedes } = found
  const row = await trx
    .insertInto('verdicts')
    .values({ case_id: id, result_id, supersedes, reader, verdict, label, comment, created_at: at })
    .returningAll()
    .executeTakeFirstOrThrow()
  await trx
    .updateTable('cases')
    .set({ state, verdict_id: row.id, verdict, verdict_label: label ?? '', reader })
    .where('id', '=', id)
    .execute()
  return row
}

/**
 * @throws GyrusError `not-judged` where there is no answer to agree or disagree with, `answer-given` for a finding of one's
 *   own where there is
 */
export function refuseUnfit({ label }: Pick<CaseRecord, 'label'>, verdict: Verdict): void {
  const onAnswer = verdict === 'agree' || verdict === 'disagree'
  if (label === 'unjudged' && onAnswer) throw new GyrusError('not-judged')
  if (label !== 'unjudged' && verdict === 'own') throw new GyrusError('answer-given')
}

export async function retry(trx: Transaction<Database>, id: string, actor: string): Promise<PendingCase> {
  const found = await findFailedCase(trx, id)
  if (found.scan_sha256 === null) throw new GyrusError('scan-altered')
  await trx
    .updateTable('cases')
    .set({ state: 'received', error_code: null, error_details: null, dismissed_at: await leftAt(trx, id) })
    .where('id', '=', id)
    .execute()
  await appendAudit(trx, timeNow(), [{ actor, act: 'case.retried', subject: id, detail: {} }])
  return { id, fileName: found.file_name, sha256: found.scan_sha256 }
}

/** When a slice left the lists for its series. */
async function leftAt(trx: Transaction<Database>, id: string): Promise<string | null> {
  const slice = await trx
    .selectFrom('slices')
    .where('case_id', '=', id)
    .where('listed', '=', 0)
    .select('joined_at')
    .executeTakeFirst()
  return slice?.joined_at ?? null
}

export async function dismiss(trx: Transaction<Database>, id: string, actor: string): Promise<void> {
  const found = await findCase(trx, id)
  await refuseErased(trx, id)
  await refuseSlice(trx, id)
  if (!isDismissable({ ...found, label: orNull(found.label) })) throw new GyrusError('case-not-dismissable')
  const at = timeNow()
  await trx.updateTable('cases').set({ dismissed_at: at }).where('id', '=', id).execute()
  await appendAudit(trx, at, [{ actor, act: 'case.dismissed', subject: id, detail: {} }])
}

async function findFailedCase(trx: Transaction<Database>, id: string): Promise<CaseRecord> {
  const found = await findCase(trx, id)
  await refuseErased(trx, id)
  if (found.state !== 'failed') throw new GyrusError('case-not-failed', { state: found.state })
  return found
}
