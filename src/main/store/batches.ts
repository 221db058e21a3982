import type { Kysely, Transaction } from 'kysely'
import { BATCH_ACTS, type Batch, type BatchState, batchOptionsSchema } from '../../shared/batches.ts'
import { timeNow } from '../../shared/clock.ts'
import { GyrusError } from '../../shared/errors.ts'
import { appendAudit } from './audit.ts'
import { addBatchRoots } from './batch-files.ts'
import { toFailure } from './rows.ts'
import type { BatchRecord, Database } from './schema.ts'
import type { BatchChange, NewBatch } from './types.ts'

/** What the system does by itself. */
const SYSTEM = 'gyrus'
/** Stands for good where Gyrus ended in the middle of a batch: how long it had worked, nobody knows. */
const UNKNOWN_MS = -1

export async function addBatch(trx: Transaction<Database>, batch: NewBatch, station: string): Promise<void> {
  const { id, name, origin, options, roots, by, begun } = batch
  const at = timeNow()
  const made = { created_at: at, created_by: by, changed_at: at, error_code: null, error_details: null }
  const values = { id, name, origin, options: JSON.stringify(options), state: 'queued' as const, station, ...made }
  const row = await trx.insertInto('batches').values(values).returningAll().executeTakeFirstOrThrow()
  await addBatchRoots(trx, id, roots)
  const { subFolders, skipSeen } = options
  const detail = { origin, subFolders, skipSeen }
  const binds = [{ kind: 'batches' as const, row }]
  await appendAudit(trx, at, [{ actor: by, act: 'batch.created', subject: id, detail, binds }])
  if (begun) await changeBatch(trx, { id, actor: by, act: 'started' }, station)
}

/** From which states an act leads to which; an export leads nowhere. */
const STEPS: Record<BatchChange['act'], { from: readonly BatchState[]; to: BatchState | null }> = {
  started: { from: ['queued'], to: 'running' },
  resumed: { from: BATCH_ACTS.resume, to: 'queued' },
  retried: { from: BATCH_ACTS.retry, to: 'queued' },
  paused: { from: BATCH_ACTS.pause, to: 'paused' },
  cancelled: { from: BATCH_ACTS.cancel, to: 'cancelled' },
  completed: { from: ['running', 'interrupted'], to: 'completed' },
  interrupted: { from: ['running'], to: 'interrupted' },
  exported: { from: ['queued', 'running', 'paused', 'completed', 'cancelled', 'interrupted'], to: null },
}

/**
 * A batch's new state, with its audit entry.
 *
 * @param station where it is asked for
 * @throws GyrusError `batch-unknown`, `batch-state`
 */
export async function changeBatch(trx: Transaction<Database>, change: BatchChange, station: string): Promise<Batch> {
  const found = await findBatch(trx, change.id)
  const { from, to } = STEPS[change.act]
  if (!from.includes(found.state)) throw new GyrusError('batch-state', { state: found.state })
  const at = timeNow()
  const failure = 'failure' in change ? change.failure : null
  if (change.act === 'retried') await waitAgain(trx, found)
  if (to !== null) {
    await trx
      .updateTable('batches')
      .set({
        state: to,
        // One that came from another record (move/index.ts) goes on where somebody says so.
        ...(to === 'queued' && (found.station === '' || station === '') && { station }),
        changed_at: at,
        worked_ms: 'workedMs' in change ? worked(found.worked_ms, change.workedMs) : found.worked_ms,
        error_code: failure?.code ?? null,
        error_details: failure ? JSON.stringify(failure.details) : null,
      })
      .where('id', '=', change.id)
      .execute()
  }
  const now = toBatch(await findBatch(trx, change.id))
  const detail = { ...now.counts, ...(failure && { code: failure.code }) }
  await appendAudit(trx, at, [{ actor: change.actor, act: `batch.${change.act}`, subject: change.id, detail }])
  return now
}

const worked = (before: number, more: number | null) =>
  before === UNKNOWN_MS || more === null ? UNKNOWN_MS : before + Math.round(more)

/** Failed files wait again, those of a browser where there is a copy of them: without one, why they failed stays. Folders that could not be looked through stay failed, for there is no file to open. */
function waitAgain(trx: Transaction<Database>, { id, origin }: BatchRecord) {
  const failed = trx
    .updateTable('batch_files')
    .set({ state: 'waiting' })
    .where('batch_id', '=', id)
    .where('state', '=', 'failed')
    .where('error_code', 'is', null)
  if (origin !== 'upload') return failed.execute()
  return failed
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('cases')
          .whereRef('cases.id', '=', 'batch_files.case_id')
          .where('cases.scan_sha256', 'is not', null)
          .select('cases.id'),
      ),
    )
    .execute()
}

export async function interruptBatches(trx: Transaction<Database>, station: string): Promise<string[]> {
  const running = await trx
    .selectFrom('batches')
    .where('state', '=', 'running')
    .where('station', '=', station)
    .select('id')
    .execute()
  for (const { id } of running) {
    await changeBatch(trx, { id, actor: SYSTEM, act: 'interrupted', workedMs: null, failure: null }, station)
  }
  return running.map(({ id }) => id)
}

export async function queuedBatches(db: Kysely<Database>, station: string): Promise<string[]> {
  const rows = await db
    .selectFrom('batches')
    .where('state', '=', 'queued')
    .where('station', '=', station)
    .select('id')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Interrupted batches that have nothing left to do, and none that something kept from going on. */
export async function throughBatches(db: Kysely<Database>, station: string): Promise<string[]> {
  const rows = await db
    .selectFrom('batches')
    .where('state', '=', 'interrupted')
    .where('station', '=', station)
    .where('listed', '=', 1)
    .where('error_code', 'is', null)
    .where(({ eb }) => eb('files', '=', eb('analysed', '+', eb('failed', '+', eb.ref('skipped')))))
    .select('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Ids are made of the time, so that their order is that of the batches. */
export async function listBatches(db: Kysely<Database>, before: string | null, limit: number): Promise<Batch[]> {
  let batches = db.selectFrom('batches').selectAll().orderBy('id', 'desc').limit(limit)
  if (before !== null) batches = batches.where('id', '<', before)
  return (await batches.execute()).map(toBatch)
}

export const getBatch = async (db: Kysely<Database>, id: string): Promise<Batch> => toBatch(await findBatch(db, id))

/** @throws GyrusError `batch-unknown` */
export async function findBatch(db: Kysely<Database>, id: string): Promise<BatchRecord> {
  const found = await db.selectFrom('batches').where('id', '=', id).selectAll().executeTakeFirst()
  if (!found) throw new GyrusError('batch-unknown', { batch: id })
  return found
}

export function toBatch(record: BatchRecord): Batch {
  const { files, analysed, failed, skipped } = record
  return {
    id: record.id,
    name: record.name,
    origin: record.origin,
    options: batchOptionsSchema.parse(JSON.parse(record.options)),
    state: record.state,
    stopping: null,
    waitsFor: (record.state === 'queued' && record.station) || null,
    createdAt: record.created_at,
    createdBy: record.created_by,
    changedAt: record.changed_at,
    listed: record.listed === 1,
    passedOver: record.passed_over,
    counts: { total: files, analysed, failed, skipped, remaining: files - analysed - failed - skipped },
    failure: toFailure(record),
    retried: null,
    imagesPerSecond: record.worked_ms > 0 && analysed > 0 ? (1000 * analysed) / record.worked_ms : null,
    secondsLeft: null,
  }
}

/** Who had which case, with its result, on the screen. @throws GyrusError `case-unknown` */
export async function logView(trx: Transaction<Database>, caseId: string, reader: string): Promise<void> {
  const known = await trx.selectFrom('cases').where('id', '=', caseId).select('id').executeTakeFirst()
  if (!known) throw new GyrusError('case-unknown')
  const at = timeNow()
  const row = await trx
    .insertInto('case_views')
    .values({ case_id: caseId, reader, at })
    .returningAll()
    .executeTakeFirstOrThrow()
  const binds = [{ kind: 'case_views' as const, row }]
  await appendAudit(trx, at, [{ actor: reader, act: 'case.seen', subject: caseId, detail: {}, binds }])
}
