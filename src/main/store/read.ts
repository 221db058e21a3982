import type { Kysely } from 'kysely'
import type { CaseDetail } from '../../shared/cases.ts'
import { GyrusError } from '../../shared/errors.ts'
import { tokens } from './account-tokens.ts'
import { accounts, findAccount } from './accounts.ts'
import { auditEntry, auditFacets, auditHead, countEntries, listEntries, scansAfter } from './audit/list.ts'
import { auditSettings } from './audit/settings.ts'
import { exportedFiles } from './batch-export.ts'
import { batchFiles, batchTotals } from './batch-files.ts'
import { getBatch, listBatches } from './batches.ts'
import { facets } from './case-counts.ts'
import { listCases, placeOfCase } from './case-list.ts'
import { listDatasets, signedScans } from './datasets.ts'
import { activations } from './model-activations.ts'
import { toCaseRow, toResult, toVerdict } from './rows.ts'
import type { CaseRecord, Database } from './schema.ts'
import { getRun, listRuns } from './training-runs.ts'
import type { ReadStore } from './types.ts'
import { verifyRecord } from './verify/index.ts'

/** The record as it can be read, also by a program that must not change it. */
export function createReadStore(db: Kysely<Database>): ReadStore {
  return {
    listCases: (query, offset, limit) => listCases(db, query, offset, limit),
    getCase: (id) => getCase(db, id),
    placeOfCase: (id, query) => placeOfCase(db, id, query),
    facets: () => facets(db),
    scanOfCase: async (id) => (await findCase(db, id)).scan_sha256,
    listRuns: () => listRuns(db),
    getRun: (id) => getRun(db, id),
    activations: () => activations(db),
    listDatasets: () => listDatasets(db),
    signedScans: (since) => signedScans(db, since),
    listAudit: (query, after, limit) => listEntries(db, query, after, limit),
    countAudit: (query) => countEntries(db, query),
    auditFacets: () => auditFacets(db),
    auditEntry: (sequence) => auditEntry(db, sequence),
    auditHead: () => auditHead(db),
    auditSettings: () => auditSettings(db),
    verifyRecord: (following) => verifyRecord(db, following),
    scansAfter: (after, limit) => scansAfter(db, after, limit),
    accounts: () => accounts(db),
    findAccount: (name) => findAccount(db, name),
    tokens: () => tokens(db),
    listBatches: (before, limit) => listBatches(db, before, limit),
    getBatch: (id) => getBatch(db, id),
    batchTotals: (id) => batchTotals(db, id),
    exportedFiles: (id, after, limit) => exportedFiles(db, id, after, limit),
    batchFiles: (id, query, place, reader) => batchFiles(db, id, query, place, reader),
    close: () => db.destroy(),
  }
}

async function getCase(db: Kysely<Database>, id: string): Promise<CaseDetail> {
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
