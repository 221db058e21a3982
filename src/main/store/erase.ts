import { sql, type Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import { GyrusError } from '../../shared/errors.ts'
import type { Bound } from './audit/bindings.ts'
import { appendAudit } from './audit.ts'
import type { Erased, Erasure } from './care-types.ts'
import { findCase } from './case-detail.ts'
import { eraseDicom } from './dicom.ts'
import { erasedScans, refuseErased } from './erasures.ts'
import { eraseExperiments } from './experiments.ts'
import { refuseHeld } from './holds.ts'
import { erasePassedOver } from './passed-over.ts'
import { eraseRegions } from './regions.ts'
import type { CaseRecord, Database } from './schema.ts'
import { renewSecond } from './second-state.ts'
import { endSendings } from './sendings.ts'
import { eraseVectors } from './similar.ts'

/**
 * Empties what the cases say of their patient and binds what is left anew, each by its own entry `case.erased`. Labels,
 * probabilities, verdicts and who did what when stay. Copies of files are the caller's.
 */
export async function erase(trx: Transaction<Database>, { caseIds, by, reason, rule }: Erasure): Promise<Erased> {
  const at = timeNow()
  let clearEntries = 0
  const scans = new Set<string>()
  for (const id of caseIds) {
    const found = await findCase(trx, id)
    if (found.state === 'received') throw new GyrusError('erase-unfinished', { case: id })
    await refuseErased(trx, id)
    await refuseHeld(trx, id)
    const texts = await textsOf(trx, found)
    const tombstone = await trx
      .insertInto('erasures')
      .values({ case_id: id, erased_at: at, erased_by: by, reason_sha256: reason.sha256, reason_salt: reason.salt })
      .returningAll()
      .executeTakeFirstOrThrow()
    // A case that waits for a reader has none to wait for any more.
    await renewSecond(trx, id)
    const binds: Bound[] = [{ kind: 'erasures', row: tombstone }, ...(await emptyRows(trx, id))]
    if (found.scan_sha256 !== null) scans.add(found.scan_sha256)
    const detail = { reason: reason.sha256, ...(rule !== undefined && { rule }) }
    await appendAudit(trx, at, [{ actor: by, act: 'case.erased', subject: id, detail, binds }])
    clearEntries += await entriesThatTell(trx, id, texts)
  }
  return { scans: await erasedScans(trx, [...scans]), clearEntries }
}

/** @returns the rows as they are now, which have to be bound anew */
async function emptyRows(trx: Transaction<Database>, id: string): Promise<Bound[]> {
  const row = await trx
    .updateTable('cases')
    .set({ file_name: '', patient_name: '', patient_id: '', study_date: '', description: '', error_details: null })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  const verdicts = await trx
    .updateTable('verdicts')
    .set({ comment: '' })
    .where('case_id', '=', id)
    .returningAll()
    .execute()
  const failures = await trx
    .updateTable('failures')
    .set({ details: null })
    .where('case_id', '=', id)
    .returningAll()
    .execute()
  const signatures = await trx
    .updateTable('signatures')
    .set({ reason: sql`case when kind = 'amend' then 'erased' else '' end` })
    .where('case_id', '=', id)
    .returningAll()
    .execute()
  const readings = await trx
    .updateTable('second_readings')
    .set({ comment: '' })
    .where('case_id', '=', id)
    .returningAll()
    .execute()
  const holds = await trx
    .updateTable('legal_holds')
    .set({ reason: 'erased' })
    .where('case_id', '=', id)
    .returningAll()
    .execute()
  const dicom = await eraseDicom(trx, id)
  const experiments = await eraseExperiments(trx, id)
  const regions = await eraseRegions(trx, id)
  await emptyFiles(trx, id)
  await endSendings(trx, id)
  await erasePassedOver(trx, id)
  await eraseVectors(trx, id)
  return [
    { kind: 'cases', row },
    ...dicom,
    ...experiments,
    ...regions,
    ...verdicts.map((one) => ({ kind: 'verdicts' as const, row: one })),
    ...failures.map((one) => ({ kind: 'failures' as const, row: one })),
    ...signatures.map((one) => ({ kind: 'signatures' as const, row: one })),
    ...readings.map((one) => ({ kind: 'second_readings' as const, row: one })),
    ...holds.map((one) => ({ kind: 'legal_holds' as const, row: one })),
  ]
}

/** A batch keeps its number of files; one that has failed is not tried again. */
async function emptyFiles(trx: Transaction<Database>, id: string): Promise<void> {
  await trx
    .updateTable('batch_files')
    .set({ path: sql`'erased-' || seq`, error_details: null })
    .where('case_id', '=', id)
    .execute()
  await trx
    .updateTable('batch_files')
    .set({ state: 'skipped' })
    .where('case_id', '=', id)
    .where('state', 'in', ['failed', 'waiting'])
    .execute()
}

/** Shorter ones would be found by chance. */
const TELLING = 3

async function textsOf(trx: Transaction<Database>, row: CaseRecord): Promise<string[]> {
  const verdicts = await trx.selectFrom('verdicts').where('case_id', '=', row.id).select('comment').execute()
  const failures = await trx.selectFrom('failures').where('case_id', '=', row.id).select('details').execute()
  const signatures = await trx
    .selectFrom('signatures')
    .where('case_id', '=', row.id)
    // Gyrus's own word, which the entry of an adjudication has as a name of a field.
    .where('reason', '!=', 'adjudication')
    .select('reason')
    .execute()
  const readings = await trx.selectFrom('second_readings').where('case_id', '=', row.id).select('comment').execute()
  const texts = [row.file_name, row.patient_name, row.patient_id, row.description]
  const details = failures.flatMap(({ details: json }) => Object.values(JSON.parse(json ?? '{}')).map(String))
  const given = [...[...verdicts, ...readings].map(({ comment }) => comment), ...signatures.map(({ reason }) => reason)]
  return [...texts, ...given, ...details].filter((text) => text.length >= TELLING)
}

/** Entries of an older Gyrus said in clear what now stands in rows only. They are part of the chain and stay. */
async function entriesThatTell(trx: Transaction<Database>, id: string, texts: string[]): Promise<number> {
  const entries = await trx.selectFrom('audit').where('subject', '=', id).select('detail').execute()
  return entries.filter(({ detail }) => texts.some((text) => detail.includes(JSON.stringify(text).slice(1, -1)))).length
}
