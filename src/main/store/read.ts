import type { Kysely } from 'kysely'
import {
  type CaseDetail,
  type CasePage,
  type CasePlace,
  type CaseQuery,
  FILE_COLUMNS,
  type FileColumn,
  type VerdictRecord,
} from '../../shared/cases.ts'
import { GyrusError } from '../../shared/errors.ts'
import { tokens } from './account-tokens.ts'
import { accounts, findAccount } from './accounts.ts'
import { auditEntry, auditFacets, auditHead, countEntries, listEntries, scansAfter } from './audit/list.ts'
import { auditSettings } from './audit/settings.ts'
import { exportedFiles } from './batch-export.ts'
import { batchFiles, batchTotals } from './batch-files.ts'
import { getBatch, listBatches } from './batches.ts'
import { careReads } from './care.ts'
import { matchingCases, SORT_COLUMN, sortColumn } from './case-query.ts'
import { listDatasets, signedScans } from './datasets.ts'
import { casesFor, isHidden } from './hidden.ts'
import { activations } from './model-activations.ts'
import { toCaseRow, toResult, toVerdict } from './rows.ts'
import type { CaseRecord, Database, VerdictRow } from './schema.ts'
import { getRun, listRuns } from './training-runs.ts'
import type { Blind, ReadStore } from './types.ts'
import { verifyRecord } from './verify/index.ts'

/** The record as it can be read, also by a program that must not change it. */
export function createReadStore(db: Kysely<Database>): ReadStore {
  return {
    listCases: (query, offset, limit, blind = null) => listCases(db, query, { offset, limit }, blind),
    getCase: (id, blind = null) => getCase(db, id, blind),
    placeOfCase: (id, query, blind = null) => placeOfCase(db, id, query, blind),
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
    ...careReads(db),
    scansAfter: (after, limit) => scansAfter(db, after, limit),
    accounts: () => accounts(db),
    findAccount: (name) => findAccount(db, name),
    tokens: () => tokens(db),
    listBatches: (before, limit) => listBatches(db, before, limit),
    getBatch: (id) => getBatch(db, id),
    batchTotals: (id, blind = null) => batchTotals(db, id, blind),
    exportedFiles: (id, after, limit, blind = null) => exportedFiles(db, id, { after, limit }, blind),
    batchFiles: (id, query, place, reader, blind = null) => batchFiles(db, id, query, place, { reader, blind }),
    close: () => db.destroy(),
  }
}

async function listCases(
  db: Kysely<Database>,
  query: CaseQuery,
  { offset, limit }: { offset: number; limit: number },
  blind: Blind,
): Promise<CasePage> {
  const { direction } = query.sort
  const records = await matchingCases(db, query, blind)
    .selectAll()
    .orderBy(sortColumn(query), direction)
    .orderBy('id', direction)
    .offset(offset)
    .limit(limit)
    .execute()
  const listed = db.selectFrom('cases').where('dismissed_at', 'is', null)
  const total = await matchingCases(db, query, blind).select(count).executeTakeFirstOrThrow()
  const all = await listed.select(count).executeTakeFirstOrThrow()
  const unread = await listed.where('state', '=', 'analysed').select(count).executeTakeFirstOrThrow()
  const columns = await columnsWithValues(db)
  return { rows: records.map(toCaseRow), total: total.n, all: all.n, unread: unread.n, columns }
}

/** An index answers at once: the greatest value of a column that has any is not ''. */
async function columnsWithValues(db: Kysely<Database>): Promise<FileColumn[]> {
  const found = await Promise.all(
    FILE_COLUMNS.map((column) =>
      db
        .selectFrom('cases')
        .where(SORT_COLUMN[column], '>', '')
        .where('dismissed_at', 'is', null)
        .select('id')
        .limit(1)
        .executeTakeFirst(),
    ),
  )
  return FILE_COLUMNS.filter((_, index) => found[index] !== undefined)
}

const count = (eb: { fn: Kysely<Database>['fn'] }) => eb.fn.countAll<number>().as('n')

async function getCase(db: Kysely<Database>, id: string, blind: Blind): Promise<CaseDetail> {
  const record = await findCase(db, id, blind)
  const hidden = blind !== null && (await isHidden(db, id, blind))
  const scan = record.scan_sha256 === null ? undefined : await findScan(db, record.scan_sha256)
  const result = record.result_id === null || hidden ? undefined : await findResult(db, record.result_id)
  const verdicts = await db.selectFrom('verdicts').where('case_id', '=', id).selectAll().orderBy('id', 'desc').execute()
  return {
    ...toCaseRow(record),
    receivedBy: record.received_by,
    scan: scan ?? null,
    result: result === undefined ? null : toResult(result),
    awaitsImpression: hidden,
    verdicts: await verdictRecords(db, id, verdicts),
    sameScan: record.scan_sha256 === null ? [] : await otherCasesOfScan(db, record.scan_sha256, id),
  }
}

/** Verdicts with their signatures, and with what their readers thought before the answer was shown. */
async function verdictRecords(db: Kysely<Database>, id: string, verdicts: VerdictRow[]): Promise<VerdictRecord[]> {
  if (verdicts.length === 0) return []
  const signatures = await db.selectFrom('signatures').where('case_id', '=', id).selectAll().execute()
  const impressions = await db.selectFrom('impressions').where('case_id', '=', id).selectAll().execute()
  const results = await db.selectFrom('results').where('case_id', '=', id).select(['id', 'label']).execute()
  return verdicts.map((verdict) =>
    toVerdict(verdict, {
      signed: signatures.find((one) => one.verdict_id === verdict.id),
      before: impressions.find((one) => one.result_id === verdict.result_id && one.reader === verdict.reader),
      ai: results.find((one) => one.id === verdict.result_id)?.label ?? null,
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
    .select(['id', 'received_at as receivedAt', 'file_name as fileName'])
    .orderBy('id', 'desc')
    .limit(20)
    .execute()

async function facets(db: Kysely<Database>): Promise<{ readers: string[]; models: string[] }> {
  const distinct = async (column: 'reader' | 'model_id') => {
    const rows = await db.selectFrom('cases').where(column, '!=', '').select(`${column} as value`).distinct().execute()
    return rows.map((row) => row.value).sort()
  }
  return { readers: await distinct('reader'), models: await distinct('model_id') }
}

/** Neighbours by comparing `(column, id)` pairs, so that an index answers however long the list is. */
async function placeOfCase(db: Kysely<Database>, id: string, query: CaseQuery, blind: Blind): Promise<CasePlace> {
  const anchor = await findCase(db, id, blind)
  const matching = () => matchingCases(db, query, blind)
  const column = sortColumn(query)
  const forwards = query.sort.direction
  const backwards = forwards === 'asc' ? 'desc' : 'asc'

  const beyond = (direction: 'asc' | 'desc') =>
    matching().where((eb) =>
      eb(eb.refTuple(column, 'id'), direction === 'asc' ? '>' : '<', eb.tuple(anchor[column], id)),
    )
  const nearest = async (cases: ReturnType<typeof beyond>, direction: 'asc' | 'desc') => {
    const row = await cases.select('id').orderBy(column, direction).orderBy('id', direction).limit(1).executeTakeFirst()
    return row?.id ?? null
  }
  const total = await matching().select(count).executeTakeFirstOrThrow()
  const before = await beyond(backwards).select(count).executeTakeFirstOrThrow()
  const among = await matching().where('id', '=', id).select('id').executeTakeFirst()
  const unreadBeyond = await nearest(beyond(forwards).where('state', '=', 'analysed'), forwards)
  const unreadFromTop = () => nearest(matching().where('state', '=', 'analysed').where('id', '!=', id), forwards)
  return {
    position: among ? before.n : null,
    total: total.n,
    previous: await nearest(beyond(backwards), backwards),
    next: await nearest(beyond(forwards), forwards),
    nextUnread: unreadBeyond ?? (await unreadFromTop()),
  }
}
