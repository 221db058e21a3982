import type { Transaction } from 'kysely'
import { type AuditEntry, appendAudit } from './audit.ts'
import { moveMember } from './batch-files.ts'
import { standingCopies } from './rows.ts'
import type { Database } from './schema.ts'
import type { CaseFailure, NewCase, NewFailedCase, NewResult } from './types.ts'

/** What the system does by itself. */
const SYSTEM = 'gyrus'

export async function receive(trx: Transaction<Database>, cases: NewCase[]): Promise<void> {
  const at = now()
  await trx
    .insertInto('scans')
    .values(cases.map(({ scan }) => ({ ...scan, format: null, width: null, height: null, stored_at: at })))
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute()
  for (const one of cases.filter(isAgain)) await receiveAgain(trx, one)
  const rows = cases
    .filter((one) => !isAgain(one))
    .map((one) => ({ ...caseColumns(one), scan_sha256: one.scan.sha256, state: 'received' as const }))
  if (rows.length > 0) await trx.insertInto('cases').values(rows).execute()
  await markMembers(trx, cases, 'received')
  const entries = cases.map((one) => receivedEntry(one, { sha256: one.scan.sha256, bytes: one.scan.bytes }))
  await appendAudit(trx, at, entries)
}

/** A case that is on record already, as failed before there was a copy of its file. */
const isAgain = ({ member }: Pick<NewCase, 'member'>) => member !== undefined && 'again' in member && member.again

/** Its file could be copied now. */
async function receiveAgain(trx: Transaction<Database>, { id, scan }: NewCase): Promise<void> {
  await trx
    .updateTable('cases')
    .set({ scan_sha256: scan.sha256, state: 'received', error_code: null, error_details: null })
    .where('id', '=', id)
    .where('state', '=', 'failed')
    .where('scan_sha256', 'is', null)
    .execute()
}

export async function receiveFailed(trx: Transaction<Database>, cases: NewFailedCase[]): Promise<void> {
  for (const one of cases.filter(isAgain)) {
    await trx.updateTable('cases').set(failureColumns(one.failure)).where('id', '=', one.id).execute()
  }
  const rows = cases
    .filter((one) => !isAgain(one))
    .map((one) => ({
      ...caseColumns(one),
      scan_sha256: null,
      state: 'failed' as const,
      ...failureColumns(one.failure),
    }))
  if (rows.length > 0) await trx.insertInto('cases').values(rows).execute()
  await markMembers(trx, cases, 'failed')
  const entries = cases.flatMap((one) => [receivedEntry(one, { sha256: null }), failedEntry(one.id, one.failure)])
  await appendAudit(trx, now(), entries)
}

/** The files of batches that these cases are of. */
async function markMembers(
  trx: Transaction<Database>,
  cases: Pick<NewCase, 'id' | 'member'>[],
  state: 'received' | 'failed',
): Promise<void> {
  for (const { id, member } of cases) if (member) await moveMember(trx, member, { state, case_id: id })
}

export async function complete(trx: Transaction<Database>, results: NewResult[]): Promise<void> {
  const at = now()
  const entries: AuditEntry[] = []
  for (const result of await onlyReceived(trx, results)) {
    const { id } = await trx
      .insertInto('results')
      .values(resultColumns(result, at))
      .returning('id')
      .executeTakeFirstOrThrow()
    await markAnalysed(trx, result, id)
    entries.push(analysedEntry(result, id))
  }
  await appendAudit(trx, at, entries)
}

export async function fail(
  trx: Transaction<Database>,
  failures: { caseId: string; failure: CaseFailure }[],
): Promise<void> {
  const entries: AuditEntry[] = []
  for (const { caseId, failure } of await onlyReceived(trx, failures)) {
    await trx
      .updateTable('cases')
      .set({ state: 'failed', ...failureColumns(failure) })
      .where('id', '=', caseId)
      .execute()
    entries.push(failedEntry(caseId, failure))
  }
  await appendAudit(trx, now(), entries)
}

/** Leaves out cases that something else has finished meanwhile, so that nothing is logged twice. */
async function onlyReceived<T extends { caseId: string }>(trx: Transaction<Database>, items: T[]): Promise<T[]> {
  const ids = items.map((item) => item.caseId)
  const open = await trx
    .selectFrom('cases')
    .where('id', 'in', ids)
    .where('state', '=', 'received')
    .select('id')
    .execute()
  const openIds = new Set(open.map((row) => row.id))
  return items.filter((item) => openIds.delete(item.caseId))
}

async function markAnalysed(trx: Transaction<Database>, result: NewResult, id: number): Promise<void> {
  const standing = { label: result.label, confidence: result.confidences[result.label], model_id: result.modelId }
  await trx
    .updateTable('cases')
    .set({ state: 'analysed', result_id: id, ...standing, error_code: null, error_details: null })
    .where('id', '=', result.caseId)
    .execute()
  await trx
    .updateTable('batch_files')
    .set(standingCopies(result.label, result.confidences))
    .where('case_id', '=', result.caseId)
    .where('state', '!=', 'skipped')
    .execute()
  await trx
    .updateTable('scans')
    .from('cases')
    .set(result.image)
    .whereRef('scans.sha256', '=', 'cases.scan_sha256')
    .where('cases.id', '=', result.caseId)
    .where('scans.format', 'is', null)
    .execute()
}

const now = () => new Date().toISOString()

const caseColumns = (one: Omit<NewCase, 'scan' | 'member'>) => ({
  id: one.id,
  received_at: one.receivedAt,
  received_by: one.receivedBy,
  source: one.source,
  file_name: one.fileName,
  patient_name: '',
  patient_id: '',
  study_date: '',
  description: '',
  label: '' as const,
  confidence: -1,
  model_id: '',
  verdict: '' as const,
  verdict_label: '' as const,
  reader: '',
})

const failureColumns = (failure: CaseFailure) => ({
  error_code: failure.code,
  error_details: JSON.stringify(failure.details),
})

const resultColumns = (result: NewResult, at: string) => ({
  case_id: result.caseId,
  supersedes: null,
  model_id: result.modelId,
  weights_sha256: result.weightsSha256,
  preprocessing_version: result.preprocessingVersion,
  engine: result.engine,
  label: result.label,
  p_glioma: result.confidences.glioma,
  p_meningioma: result.confidences.meningioma,
  p_notumor: result.confidences.notumor,
  p_pituitary: result.confidences.pituitary,
  decode_ms: result.decodeMs,
  preprocess_ms: result.preprocessMs,
  inference_ms: result.inferenceMs,
  created_at: at,
})

const receivedEntry = (one: Omit<NewCase, 'scan'>, file: Record<string, string | number | null>): AuditEntry => ({
  actor: one.receivedBy,
  act: 'case.received',
  subject: one.id,
  detail: { file: one.fileName, source: one.source, ...file, ...(one.member && { batch: one.member.batch }) },
})

const failedEntry = (subject: string, failure: CaseFailure): AuditEntry => ({
  actor: SYSTEM,
  act: 'case.failed',
  subject,
  detail: { code: failure.code, details: failure.details },
})

const analysedEntry = (result: NewResult, id: number): AuditEntry => ({
  actor: SYSTEM,
  act: 'case.analysed',
  subject: result.caseId,
  detail: {
    result: id,
    model: result.modelId,
    weights: result.weightsSha256,
    preprocessing: result.preprocessingVersion,
    engine: result.engine,
    label: result.label,
    confidences: result.confidences,
  },
})
