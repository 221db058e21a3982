import { type Kysely, type SelectQueryBuilder, sql, type Transaction, type Updateable } from 'kysely'
import type { BatchFile, BatchQuery, BatchTotals, BatchWindow } from '../../shared/batches.ts'
import { filesFor } from './hidden.ts'
import { isKept } from './of-series.ts'
import { firstOtherBytes } from './other-bytes.ts'
import { confidencesOf, orNull, shownVerdict, standingCopies, toFailure } from './rows.ts'
import type { BatchFilesTable, Database } from './schema.ts'
import type { BatchMember, BatchPlace, Blind, FileToDo, NewBatchFile, SkippedFile } from './types.ts'

/** SQLite takes 32,766 values a statement; a row of ours has seven. */
const ROWS = 500

export async function addBatchRoots(trx: Transaction<Database>, batch: string, paths: string[]): Promise<void> {
  for (let at = 0; at < paths.length; at += ROWS) {
    const rows = paths.slice(at, at + ROWS).map((path, index) => ({ batch_id: batch, root: at + index, path }))
    await trx.insertInto('batch_roots').values(rows).execute()
  }
}

export const batchRoots = (db: Kysely<Database>, batch: string, first: number, limit: number) =>
  db
    .selectFrom('batch_roots')
    .where('batch_id', '=', batch)
    .where('root', '>=', first)
    .select(['root', 'path'])
    .orderBy('root')
    .limit(limit)
    .execute()

/** Roots of batches of folders, each once, the newest first. */
export async function recentRoots(db: Kysely<Database>, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('batch_roots')
    .innerJoin('batches', 'batches.id', 'batch_roots.batch_id')
    .where('batches.origin', '=', 'folder')
    .select(({ fn }) => ['batch_roots.path', fn.max('batches.id').as('newest')])
    .groupBy('batch_roots.path')
    .orderBy('newest', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ path }) => path)
}

/** Adds files that are not in the batch yet; after a kill a folder is walked from its beginning. */
export async function addBatchFiles(trx: Transaction<Database>, batch: string, files: NewBatchFile[]): Promise<void> {
  let seq = await lastNumber(trx, batch)
  for (let at = 0; at < files.length; at += ROWS) {
    const rows = files.slice(at, at + ROWS).map(({ root, path, failure }) => ({
      ...{ batch_id: batch, seq: ++seq, root, path, state: 'waiting' as const, case_id: null },
      error_code: failure?.code ?? null,
      error_details: failure ? JSON.stringify(failure.details) : null,
    }))
    await trx
      .insertInto('batch_files')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

type Joining = Pick<Updateable<BatchFilesTable>, 'label' | 'confidence' | 'calm'> & {
  state: 'received' | 'failed' | 'skipped'
  case_id: string
}

/** Puts a file of a batch where its case is; an upload joins the batch with it. */
export async function moveMember(trx: Transaction<Database>, member: BatchMember, to: Joining): Promise<void> {
  const { batch } = member
  if ('upload' in member) {
    const seq = (await lastNumber(trx, batch)) + 1
    // Two files of a browser may have one name.
    const row = { batch_id: batch, seq, root: seq, path: member.upload, error_code: null, error_details: null, ...to }
    await trx.insertInto('batch_files').values(row).execute()
    return
  }
  await trx.updateTable('batch_files').set(to).where('batch_id', '=', batch).where('seq', '=', member.seq).execute()
}

async function lastNumber(db: Kysely<Database>, batch: string): Promise<number> {
  const last = await db
    .selectFrom('batch_files')
    .where('batch_id', '=', batch)
    .select('seq')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.seq ?? 0
}

export async function filesToDo(
  db: Kysely<Database>,
  batch: string,
  after: number,
  limit: number,
): Promise<FileToDo[]> {
  const rows = await db
    .selectFrom('batch_files as file')
    .leftJoin('cases', 'cases.id', 'file.case_id')
    .leftJoin('batch_roots as root', (join) =>
      join.onRef('root.batch_id', '=', 'file.batch_id').onRef('root.root', '=', 'file.root'),
    )
    .where('file.batch_id', '=', batch)
    .where('file.state', '=', 'waiting')
    .where('file.seq', '>', after)
    .select(['file.seq', 'file.path', 'file.error_code', 'file.error_details', 'file.case_id', 'cases.scan_sha256'])
    .select('root.path as root_path')
    .orderBy('file.seq')
    .limit(limit)
    .execute()
  return rows.map(({ seq, path, root_path, case_id, scan_sha256, ...error }) => ({
    seq,
    path,
    rootPath: root_path,
    failure: toCaseFailure(error),
    failedCase: case_id === null ? null : { id: case_id, sha256: scan_sha256 },
  }))
}

const toCaseFailure = (error: { error_code: string | null; error_details: string | null }) => {
  const failure = toFailure(error)
  return failure && { code: failure.code, details: JSON.parse(error.error_details ?? '{}') }
}

export const seenCases = (db: Kysely<Database>, sha256: string) =>
  db
    .selectFrom('cases')
    .innerJoin('results', 'results.id', 'cases.result_id')
    .where('cases.scan_sha256', '=', sha256)
    .where('cases.state', 'in', ['analysed', 'reviewed', 'signed'])
    .where(isKept('cases'))
    .where('cases.id', 'not in', (eb) => eb.selectFrom('series').select('case_id'))
    .where('cases.id', 'not in', (eb) => eb.selectFrom('erasures').select('case_id'))
    // Whoever opens the file again wants to see it.
    .where('cases.id', 'not in', (eb) => eb.selectFrom('image_removals').select('case_id'))
    .select(['cases.id as caseId', 'results.weights_sha256 as weightsSha256'])
    .orderBy('cases.id', 'desc')
    .limit(50)
    .execute()

/** Links files to cases, with copies of their results. */
export async function skipFiles(trx: Transaction<Database>, files: SkippedFile[]): Promise<void> {
  for (const { member, caseId } of files) {
    await moveMember(trx, member, { state: 'skipped', case_id: caseId, ...(await standingOf(trx, caseId)) })
  }
}

async function standingOf(trx: Transaction<Database>, caseId: string) {
  const result = await trx
    .selectFrom('cases')
    .innerJoin('results', 'results.id', 'cases.result_id')
    .where('cases.id', '=', caseId)
    .select(['results.label', 'p_glioma', 'p_meningioma', 'p_notumor', 'p_pituitary'])
    .executeTakeFirstOrThrow()
  return standingCopies(result.label, confidencesOf(result))
}

/** How many files of a batch stand where. @param slices whether those that are slices of a series are counted */
export async function batchTotals(
  db: Kysely<Database>,
  id: string,
  blind: Blind,
  slices: boolean,
): Promise<BatchTotals> {
  const files: FilesQuery = filesFor(db, blind).where('batch_id', '=', id)
  const rows = await (slices ? files : files.where(isNoSlice))
    .select(['state', 'label', (eb) => eb.fn.countAll<number>().as('files')])
    .groupBy(['state', 'label'])
    .execute()
  return rows.map(({ label, ...row }) => ({ ...row, label: orNull(label) }))
}

type FilesQuery = SelectQueryBuilder<Database, 'batch_files', object>

const isNoSlice = sql<boolean>`not exists (select 1 from slices where slices.case_id = batch_files.case_id)`

/** Files that fit, unordered; all that it looks at stands in the index of either order. */
export function fittingFiles(db: Kysely<Database>, id: string, query: BatchQuery, blind: Blind = null): FilesQuery {
  let files: FilesQuery = filesFor(db, blind).where('batch_id', '=', id)
  if (query.labels.length > 0) files = files.where('label', 'in', query.labels)
  if (query.states.length > 0) files = files.where('state', 'in', query.states)
  if (!query.slices) files = files.where(isNoSlice)
  const upTo = query.confidenceUpTo
  if (upTo !== null) files = files.where('confidence', '>=', 0).where('confidence', '<=', upTo)
  return files
}

/** Numbers of the files of one window, in order. */
export function orderedFiles(
  db: Kysely<Database>,
  id: string,
  query: BatchQuery,
  place: BatchPlace,
  blind: Blind = null,
) {
  let files = fittingFiles(db, id, query, blind).select(['seq', 'calm'])
  const { after } = place
  if (query.sort === 'order') {
    if (after) files = files.where('seq', '>', after.seq)
    return files.orderBy('seq').offset(place.skip).limit(place.limit)
  }
  if (after) files = files.where((eb) => eb(eb.refTuple('calm', 'seq'), '>', eb.tuple(after.calm, after.seq)))
  return files.orderBy('calm').orderBy('seq').offset(place.skip).limit(place.limit)
}

/** Who asks, and whether answers are kept from them. */
interface Asks {
  reader: string
  blind: Blind
}

export async function batchFiles(
  db: Kysely<Database>,
  id: string,
  query: BatchQuery,
  place: BatchPlace,
  asks: Asks,
): Promise<BatchWindow> {
  const order = await orderedFiles(db, id, query, place, asks.blind).execute()
  const { total } = await fittingFiles(db, id, query, asks.blind)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = new Map((await rowsOf(db, id, order, asks)).map((row) => [row.seq, row]))
  const end = order.at(-1) ?? null
  return { rows: order.flatMap(({ seq }) => rows.get(seq) ?? []), end, total }
}

async function rowsOf(
  db: Kysely<Database>,
  id: string,
  order: { seq: number }[],
  { reader, blind }: Asks,
): Promise<BatchFile[]> {
  if (order.length === 0) return []
  const numbers = order.map(({ seq }) => seq)
  const files = filesFor(db, blind).selectAll().where('batch_id', '=', id).where('seq', 'in', numbers)
  const rows = await db
    .selectFrom(files.as('file'))
    .leftJoin('cases', 'cases.id', 'file.case_id')
    .leftJoin('results', 'results.id', 'cases.result_id')
    .leftJoin('verdicts', 'verdicts.id', 'cases.verdict_id')
    .leftJoin('slices', 'slices.case_id', 'file.case_id')
    .select(['file.seq', 'file.path', 'file.state', 'file.case_id', 'file.label', 'file.confidence', 'file.calm'])
    .select([
      'cases.model_id',
      'cases.verdict',
      'cases.verdict_label',
      'cases.reader',
      'cases.result_id',
      'verdicts.result_id as judged_result_id',
      'cases.error_code',
      'cases.error_details',
    ])
    .select(['file.error_code as found_code', 'file.error_details as found_details'])
    .select('slices.series_id as series')
    .select(seenBy(reader).as('opened'))
    .execute()
  const otherBytes = await firstOtherBytes(
    db,
    rows.flatMap(({ case_id }) => case_id ?? []),
  )
  return rows.map((row) => ({
    seq: row.seq,
    path: row.path,
    state: row.state,
    caseId: row.case_id,
    series: row.series,
    label: orNull(row.label),
    confidence: row.confidence < 0 ? null : row.confidence,
    attention: row.label === '' ? null : 1 - row.calm,
    modelId: orNull(row.model_id ?? ''),
    verdict: shownVerdict(row.verdict),
    verdictLabel: orNull(row.verdict_label ?? ''),
    onEarlierAnswer: row.judged_result_id !== null && row.judged_result_id !== row.result_id,
    reader: orNull(row.reader ?? ''),
    opened: row.opened === 1,
    otherBytes: otherBytes.get(row.case_id ?? '') ?? null,
    failure: row.state === 'failed' ? failureOf(row) : null,
  }))
}

const failureOf = (row: {
  error_code: string | null
  error_details: string | null
  found_code: string | null
  found_details: string | null
}) => toFailure(row) ?? toFailure({ error_code: row.found_code, error_details: row.found_details })

/** Whether the reader had the case on the screen since its result is there. Needs `cases` and `results`. */
export const seenBy = (reader: string) =>
  sql<number>`exists (select 1 from case_views where case_views.case_id = cases.id
    and case_views.reader = ${reader} and case_views.at >= results.created_at)`
