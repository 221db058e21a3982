import type { Kysely } from 'kysely'
import type { CaseDetail } from '../../shared/cases.ts'
import { GyrusError } from '../../shared/errors.ts'
import { toCaseRow, toResult, toVerdict } from './rows.ts'
import type { CaseRecord, Database } from './schema.ts'

/** One case with all that is on record of it. @throws GyrusError `case-unknown` */
export async function getCase(db: Kysely<Database>, id: string): Promise<CaseDetail> {
  const record = await findCase(db, id)
  const scan = record.scan_sha256 === null ? undefined : await findScan(db, record.scan_sha256)
  const result = record.result_id === null ? undefined : await findResult(db, record.result_id)
  const verdicts = await db.selectFrom('verdicts').where('case_id', '=', id).selectAll().orderBy('id', 'desc').execute()
  return {
    ...toCaseRow(record),
    receivedBy: record.received_by,
    scan: scan ?? null,
    result: result === undefined ? null : toResult(result),
    verdicts: verdicts.map(toVerdict),
    sameScan: record.scan_sha256 === null ? [] : await otherCasesOfScan(db, record.scan_sha256, id),
  }
}

/** @throws GyrusError `case-unknown` */
export async function findCase(db: Kysely<Database>, id: string): Promise<CaseRecord> {
  const record = await db.selectFrom('cases').where('id', '=', id).selectAll().executeTakeFirst()
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
    .select(['id', 'received_at as receivedAt', 'file_name as fileName'])
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
