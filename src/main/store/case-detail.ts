import type { Kysely } from 'kysely'
import type { CaseDetail, VerdictRecord } from '../../shared/cases.ts'
import { GyrusError } from '../../shared/errors.ts'
import { dicomOf } from './dicom.ts'
import { editedFromOf } from './edited-from.ts'
import { keyFrameOf } from './frame-answers.ts'
import { casesFor, isHidden } from './hidden.ts'
import { keyCaseOf, ofSeries } from './of-series.ts'
import { otherBytesOf } from './other-bytes.ts'
import { regionsOf } from './regions.ts'
import { labelIn, toCaseRow, toResult, toVerdict } from './rows.ts'
import type { CaseRecord, Database, VerdictRow } from './schema.ts'
import { adjudicationOf, type Beside, secondOf } from './second-detail.ts'
import { isKept } from './second-state.ts'
import type { Asker, Blind } from './types.ts'
import { urgencies } from './urgency.ts'

/** One case with all that is on record of it, as a reader may see it. @throws GyrusError `case-unknown` */
export async function getCase(db: Kysely<Database>, id: string, blind: Blind, reader: Asker): Promise<CaseDetail> {
  const record = await findCase(db, id, blind)
  const hidden = blind !== null && (await isHidden(db, id, blind))
  const scan = record.scan_sha256 === null ? undefined : await findScan(db, record.scan_sha256)
  const result = record.result_id === null || hidden ? undefined : await findResult(db, record.result_id)
  const all = await db.selectFrom('verdicts').where('case_id', '=', id).selectAll().orderBy('id', 'desc').execute()
  const verdicts = all.filter((verdict) => isTold(verdict, record, reader))
  const beside = await besideVerdicts(db, id)
  const asked = { ...beside, reader, withheld: verdicts.length < all.length }
  const standing = verdicts.find((verdict) => verdict.id === record.verdict_id)
  const urgency = blind === null ? ((await urgencies(db, [record])).get(id) ?? null) : null
  return {
    ...toCaseRow(record, standing !== undefined && standing.result_id !== record.result_id, urgency),
    receivedBy: record.received_by,
    scan: scan ?? null,
    dicom: await factsOf(db, id, hidden),
    series: await ofSeries(db, id),
    editedFrom: await editedFromOf(db, id),
    result: result === undefined ? null : toResult(result),
    region: result === undefined ? null : ((await regionsOf(db, [id], blind)).get(id) ?? null),
    awaitsImpression: hidden,
    verdicts: await verdictRecords(db, id, verdicts, beside),
    secondReading: await secondOf(db, record, asked),
    otherBytes: await otherBytesOf(db, id),
    sameScan: record.scan_sha256 === null ? [] : await otherCasesOfScan(db, record.scan_sha256, id),
  }
}

/** With the frame that the answer stands on, but while that is kept. */
async function factsOf(db: Kysely<Database>, id: string, hidden: boolean): Promise<CaseDetail['dicom']> {
  const facts = await dicomOf(db, await keyCaseOf(db, id))
  if (!facts || facts.frames === 1 || hidden) return facts
  const key = await keyFrameOf(db, id)
  return key === null ? facts : { ...facts, frame: key + 1 }
}

/** Whether a verdict is told to the reader: one that waits for a second reader is told to who gave it. */
export const isTold = (verdict: Pick<VerdictRow, 'reader'>, { second }: CaseRecord, reader: Asker): boolean =>
  reader === null || verdict.reader === reader || !isKept(second)

const besideVerdicts = async (db: Kysely<Database>, id: string): Promise<Beside> => ({
  results: await db.selectFrom('results').where('case_id', '=', id).select(['id', 'label']).execute(),
  impressions: await db.selectFrom('impressions').where('case_id', '=', id).selectAll().execute(),
})

/** Verdicts with their signatures, and with what their readers thought before the answer was shown. */
async function verdictRecords(
  db: Kysely<Database>,
  id: string,
  verdicts: VerdictRow[],
  { results, impressions }: Beside,
): Promise<VerdictRecord[]> {
  if (verdicts.length === 0) return []
  const signatures = await db.selectFrom('signatures').where('case_id', '=', id).selectAll().execute()
  const adjudicated = await adjudicationOf(db, id)
  return verdicts.map((verdict) =>
    toVerdict(verdict, {
      signed: signatures.find((one) => one.verdict_id === verdict.id),
      before: impressions.find((one) => one.result_id === verdict.result_id && one.reader === verdict.reader),
      ai: labelIn(results.find((one) => one.id === verdict.result_id)?.label ?? null),
      adjudicated,
    }),
  )
}

/** @throws GyrusError `case-unknown` */
export async function findCase(db: Kysely<Database>, id: string, blind: Blind = null): Promise<CaseRecord> {
  const record = await casesFor(db, blind).where('id', '=', id).selectAll().executeTakeFirst()
  if (!record) throw new GyrusError('case-unknown')
  return record
}

const findScan = (db: Kysely<Database>, sha256: string) =>
  db
    .selectFrom('scans')
    .where('sha256', '=', sha256)
    .select(['sha256', 'bytes', 'format', 'width', 'height'])
    .executeTakeFirst()

const findResult = (db: Kysely<Database>, id: number) =>
  db.selectFrom('results').where('id', '=', id).selectAll().executeTakeFirst()

const otherCasesOfScan = (db: Kysely<Database>, sha256: string, id: string) =>
  db
    .selectFrom('cases')
    .where('scan_sha256', '=', sha256)
    .where('id', '!=', id)
    // A series has the file of one of its slices.
    .where('id', 'not in', (eb) => eb.selectFrom('slices').where('series_id', '=', id).select('case_id'))
    .where('id', 'not in', (eb) => eb.selectFrom('slices').where('case_id', '=', id).select('series_id'))
    .select(['id', 'received_at as receivedAt', 'file_name as fileName'])
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
