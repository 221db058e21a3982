import type { Transaction } from 'kysely'
import { GyrusError } from '../../shared/errors.ts'
import { appendAudit } from './audit.ts'
import { findCase } from './case-detail.ts'
import type { CaseRecord, Database } from './schema.ts'
import type { NewVerdict, PendingCase } from './types.ts'

/** Logs a verdict on the standing result; it supersedes the reader's or anyone's earlier one. */
export async function review(trx: Transaction<Database>, verdict: NewVerdict): Promise<void> {
  const found = await findCase(trx, verdict.caseId)
  const reviewable = found.state === 'analysed' || found.state === 'reviewed'
  if (!reviewable || found.result_id === null) throw new GyrusError('case-not-reviewable', { state: found.state })

  const at = new Date().toISOString()
  const { reader, label, comment } = verdict
  const row = await trx
    .insertInto('verdicts')
    .values({
      case_id: found.id,
      result_id: found.result_id,
      supersedes: found.verdict_id,
      reader,
      verdict: verdict.verdict,
      label,
      comment,
      created_at: at,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await trx
    .updateTable('cases')
    .set({ state: 'reviewed', verdict_id: row.id, verdict: verdict.verdict, verdict_label: label ?? '', reader })
    .where('id', '=', found.id)
    .execute()
  const { id, result_id: result, supersedes } = row
  const detail = { verdict: verdict.verdict, label, id, result, supersedes }
  const binds = [{ kind: 'verdicts' as const, row }]
  await appendAudit(trx, at, [{ actor: reader, act: 'case.reviewed', subject: found.id, detail, binds }])
}

export async function retry(trx: Transaction<Database>, id: string, actor: string): Promise<PendingCase> {
  const found = await findFailedCase(trx, id)
  if (found.scan_sha256 === null) throw new GyrusError('scan-altered')
  await trx
    .updateTable('cases')
    .set({ state: 'received', error_code: null, error_details: null })
    .where('id', '=', id)
    .execute()
  await appendAudit(trx, new Date().toISOString(), [{ actor, act: 'case.retried', subject: id, detail: {} }])
  return { id, fileName: found.file_name, sha256: found.scan_sha256 }
}

export async function dismiss(trx: Transaction<Database>, id: string, actor: string): Promise<void> {
  await findFailedCase(trx, id)
  const at = new Date().toISOString()
  await trx.updateTable('cases').set({ dismissed_at: at }).where('id', '=', id).execute()
  await appendAudit(trx, at, [{ actor, act: 'case.dismissed', subject: id, detail: {} }])
}

async function findFailedCase(trx: Transaction<Database>, id: string): Promise<CaseRecord> {
  const found = await findCase(trx, id)
  if (found.state !== 'failed') throw new GyrusError('case-not-failed', { state: found.state })
  return found
}
