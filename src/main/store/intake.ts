import { sql, type Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import { LABELS } from '../../shared/labels.ts'
import { type AuditEntry, appendAudit } from './audit.ts'
import { moveMember } from './batch-files.ts'
import { keepDicom } from './dicom.ts'
import { refuseErased } from './erasures.ts'
import { keepOrigin } from './experiments.ts'
import { framesTold, keepFrames } from './frame-answers.ts'
import { keepRegions } from './regions.ts'
import type { Added } from './rows.ts'
import { confidencesOf, standingCopies } from './rows.ts'
import type { CaseRecord, Database, NewCaseRecord, ResultRecord } from './schema.ts'
import { keepVectors } from './similar.ts'
import type { BatchMember, CaseFailure, NewCase, NewFailedCase, NewResult } from './types.ts'

/** What the system does by itself. */
const SYSTEM = 'gyrus'

export async function receive(trx: Transaction<Database>, cases: NewCase[]): Promise<void> {
  const at = now()
  const scans = await trx
    .insertInto('scans')
    .values(cases.map(({ scan }) => ({ ...scan, format: null, width: null, height: null, stored_at: at })))
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .returningAll()
    .execute()
  const added = new Map(scans.map((scan) => [scan.sha256, scan]))
  const patients = await patientsOfOrigins(trx, cases)
  const inserted = await insertCases(
    trx,
    cases
      .filter((one) => !isAgain(one))
      .map((one) => ({
        ...caseColumns(one),
        ...patients.get(one.id),
        scan_sha256: one.scan.sha256,
        state: firstState(one),
      })),
  )
  const entries: AuditEntry[] = []
  for (const one of cases) {
    const { sha256, bytes } = one.scan
    const row = isAgain(one) ? await receiveAgain(trx, one) : inserted.get(one.id)
    if (!row) continue
    const file = { sha256, bytes, ...(one.askedBy !== undefined && { asked: one.askedBy }), ...one.edited }
    const told = receivedEntry(row, { act: actOf(one), member: one.member }, file)
    const dicom = await keepDicom(trx, { caseId: row.id, dicom: one.listed?.dicom ?? one.dicom ?? null })
    const origin = one.edited ? await keepOrigin(trx, row, one.edited) : []
    const entry = { ...told, binds: [...(dicom.length > 0 ? dicom : (told.binds ?? [])), ...origin] }
    const scan = added.get(sha256)
    // The first case of a file binds the file.
    added.delete(sha256)
    if (scan) entry.binds.unshift({ kind: 'scans', row: scan })
    entries.push(entry)
  }
  await markMembers(trx, cases, 'received')
  await appendAudit(trx, at, entries)
}

/** An edited picture is found, held and erased with its patient, whom its own file does not name. */
async function patientsOfOrigins(trx: Transaction<Database>, cases: NewCase[]) {
  const patients = new Map<string, Pick<CaseRecord, 'patient_name' | 'patient_id' | 'study_date' | 'description'>>()
  for (const { id, edited } of cases) {
    if (!edited) continue
    await refuseErased(trx, edited.origin)
    const row = await trx
      .selectFrom('cases')
      .where('id', '=', edited.origin)
      .select(['patient_name', 'patient_id', 'study_date', 'description'])
      .executeTakeFirstOrThrow()
    patients.set(id, row)
  }
  return patients
}

/** A case that is on record already, as failed before there was a copy of its file. */
const isAgain = ({ member }: Pick<NewCase, 'member'>) => member !== undefined && 'again' in member && member.again

const firstState = ({ listed }: NewCase) => (listed ? ('listed' as const) : ('received' as const))

function actOf(one: NewCase): ReceivedAct {
  if (isAgain(one)) return 'case.copied'
  return one.listed ? 'case.listed' : 'case.received'
}

/** Its file could be copied now. */
const receiveAgain = (trx: Transaction<Database>, { id, scan }: NewCase): Promise<CaseRecord | undefined> =>
  trx
    .updateTable('cases')
    .set({ scan_sha256: scan.sha256, state: 'received', error_code: null, error_details: null })
    .where('id', '=', id)
    .where('state', '=', 'failed')
    .where('scan_sha256', 'is', null)
    .returningAll()
    .executeTakeFirst()

export async function receiveFailed(trx: Transaction<Database>, cases: NewFailedCase[]): Promise<void> {
  const at = now()
  const inserted = await insertCases(
    trx,
    cases
      .filter((one) => !isAgain(one))
      .map((one) => ({
        ...caseColumns(one),
        scan_sha256: null,
        state: 'failed' as const,
        ...failureColumns(one.failure),
      })),
  )
  const entries: AuditEntry[] = []
  for (const one of cases) {
    const row = inserted.get(one.id)
    if (row) entries.push(receivedEntry(row, { act: 'case.received', member: one.member }, { sha256: null }))
    else await trx.updateTable('cases').set(failureColumns(one.failure)).where('id', '=', one.id).execute()
    entries.push(await logFailure(trx, one.id, one.failure, at))
  }
  await markMembers(trx, cases, 'failed')
  await appendAudit(trx, at, entries)
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
  const open = await onlyReceived(trx, results)
  const entries: AuditEntry[] = []
  const added = await addResults(trx, open, at)
  await keepStatistics(trx, added)
  await keepVectors(trx, added)
  const regions = await keepRegions(trx, added)
  for (const { row, result } of added) {
    const frames = await keepFrames(trx, result, row.id)
    const entry = analysedEntry(row, result, await describeScan(trx, result))
    const beside = [...(await keepDicom(trx, result)), ...(regions.get(row.id) ?? []), ...frames]
    entries.push({ ...entry, binds: [...(entry.binds ?? []), ...beside] })
  }
  const rows = added.map(({ row }) => row)
  await standBy(trx, rows, { state: 'analysed', error_code: null, error_details: null })
  await appendAudit(trx, at, entries)
}

/** Of different cases, at once: each statement is a way to the database and back while others wait for their turn. */
async function addResults(trx: Transaction<Database>, results: NewResult[], at: string): Promise<Added[]> {
  if (results.length === 0) return []
  const values = results.map((result) => resultColumns(result, at))
  const rows = await trx.insertInto('results').values(values).returningAll().execute()
  const of = new Map(results.map((result) => [result.caseId, result]))
  return rows.flatMap((row) => {
    const result = of.get(row.case_id)
    return result ? [{ row, result }] : []
  })
}

export async function fail(
  trx: Transaction<Database>,
  failures: { caseId: string; failure: CaseFailure }[],
): Promise<void> {
  const at = now()
  const entries: AuditEntry[] = []
  for (const { caseId, failure } of await onlyReceived(trx, failures)) {
    await trx
      .updateTable('cases')
      // A slice comes back on the list, to be tried again or removed.
      .set({ state: 'failed', dismissed_at: null, ...failureColumns(failure) })
      .where('id', '=', caseId)
      .execute()
    entries.push(await logFailure(trx, caseId, failure, at))
  }
  await appendAudit(trx, at, entries)
}

/** What was measured of the picture stands beside its answer: it is no part of what the trail binds. */
export async function keepStatistics(trx: Transaction<Database>, added: Added[]): Promise<void> {
  const values = added.flatMap(({ row, result: { statistics, distance = null } }) =>
    statistics ? [{ result_id: row.id, ...statistics, distance }] : [],
  )
  if (values.length > 0) await trx.insertInto('input_statistics').values(values).execute()
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

/** @returns the rows as they are on record, by their ids */
async function insertCases(trx: Transaction<Database>, rows: NewCaseRecord[]): Promise<Map<string, CaseRecord>> {
  if (rows.length === 0) return new Map()
  // One that is there already was received before a connection broke.
  const inserted = await trx
    .insertInto('cases')
    .values(rows)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returningAll()
    .execute()
  return new Map(inserted.map((row) => [row.id, row]))
}

/** @returns what the file turned out to be, where no case of it had told before */
const describeScan = (trx: Transaction<Database>, { image, caseId }: NewResult) =>
  trx
    .updateTable('scans')
    .set(image)
    .where('sha256', '=', trx.selectFrom('cases').where('id', '=', caseId).select('scan_sha256'))
    .where('format', 'is', null)
    .returningAll()
    .execute()

/** Of the label that a result says; −1 where it says none. */
const confidence = sql<number>`case results.label ${sql.join(
  LABELS.map((label) => sql`when ${sql.lit(label)} then ${sql.ref(`results.p_${label}`)}`),
  sql` `,
)} else -1 end`

/**
 * Makes results the standing ones: their copies go on the cases and on files of batches. The cases come last and all at
 * once: each statement after one that changed the full-text index has SQLite write its words out first.
 */
export async function standBy(
  trx: Transaction<Database>,
  results: ResultRecord[],
  change: Partial<Pick<CaseRecord, 'state' | 'error_code' | 'error_details'>> = {},
): Promise<void> {
  if (results.length === 0) return
  for (const result of results) {
    await trx
      .updateTable('batch_files')
      .set(standingCopies(result.label, confidencesOf(result)))
      .where('case_id', '=', result.case_id)
      .where('state', '!=', 'skipped')
      .execute()
  }
  const ids = results.map(({ id }) => id)
  await trx
    .updateTable('cases')
    .from('results')
    .set(({ ref }) => ({
      ...change,
      result_id: ref('results.id'),
      label: ref('results.label'),
      confidence,
      model_id: ref('results.model_id'),
    }))
    .whereRef('cases.id', '=', 'results.case_id')
    .where('results.id', 'in', ids)
    .execute()
}

/** Puts a failure on record. @returns its entry, without what may name a file */
export async function logFailure(
  trx: Transaction<Database>,
  caseId: string,
  { code, details }: CaseFailure,
  at: string,
): Promise<AuditEntry> {
  const row = await trx
    .insertInto('failures')
    .values({ case_id: caseId, code, details: JSON.stringify(details), created_at: at })
    .returningAll()
    .executeTakeFirstOrThrow()
  const binds = [{ kind: 'failures' as const, row }]
  return { actor: SYSTEM, act: 'case.failed', subject: caseId, detail: { failure: row.id, code }, binds }
}

const now = () => timeNow()

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

export const failureColumns = (failure: CaseFailure) => ({
  error_code: failure.code,
  error_details: JSON.stringify(failure.details),
})

export const resultColumns = (result: NewResult, at: string) => ({
  case_id: result.caseId,
  supersedes: null,
  model_id: result.modelId,
  weights_sha256: result.weightsSha256,
  preprocessing_version: result.preprocessingVersion,
  engine: result.engine,
  label: result.label ?? ('unjudged' as const),
  p_glioma: result.confidences.glioma,
  p_meningioma: result.confidences.meningioma,
  p_notumor: result.confidences.notumor,
  p_pituitary: result.confidences.pituitary,
  decode_ms: result.decodeMs,
  preprocess_ms: result.preprocessMs,
  inference_ms: result.inferenceMs,
  created_at: at,
  gate: result.gate?.verdict ?? null,
  gate_reasons: result.gate ? JSON.stringify(result.gate.reasons) : null,
  answer_set: result.set ? JSON.stringify(result.set) : null,
})

type ReceivedAct = 'case.received' | 'case.copied' | 'case.listed'

const receivedEntry = (
  row: CaseRecord,
  { act, member }: { act: ReceivedAct; member?: BatchMember | undefined },
  file: Record<string, string | number | null>,
): AuditEntry => ({
  actor: row.received_by,
  act,
  subject: row.id,
  detail: { source: row.source, ...file, ...(member && { batch: member.batch }) },
  binds: [{ kind: 'cases', row }],
})

export const analysedEntry = (row: ResultRecord, result: NewResult, images: object[]): AuditEntry => ({
  actor: SYSTEM,
  act: 'case.analysed',
  subject: result.caseId,
  detail: {
    result: row.id,
    model: result.modelId,
    weights: result.weightsSha256,
    preprocessing: result.preprocessingVersion,
    engine: result.engine,
    label: result.label,
    confidences: result.confidences,
    ...(result.gate && { gate: result.gate }),
    ...(result.set && { set: result.set }),
    ...framesTold(result),
  },
  binds: [{ kind: 'results', row }, ...images.map((image) => ({ kind: 'scan_images' as const, row: image }))],
})
