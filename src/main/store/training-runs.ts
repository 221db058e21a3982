import type { Kysely, Selectable, Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import { GyrusError } from '../../shared/errors.ts'
import {
  type LiveRun,
  liveRunSchema,
  type RunRecord,
  runSummarySchema,
  trainingRequestSchema,
} from '../../shared/training.ts'
import { appendAudit } from './audit.ts'
import { toFailure } from './rows.ts'
import type { Database, TrainingRunsTable } from './schema.ts'
import type { HeldRun, NewRun, RunChange } from './types.ts'

/** Puts a run on record. @throws GyrusError `training-run-exists` */
export async function addRun(
  trx: Transaction<Database>,
  { id, request, createdBy }: NewRun,
  station: string,
): Promise<void> {
  const at = timeNow()
  const row = await trx
    .insertInto('training_runs')
    .values({
      id,
      recipe: request.recipe,
      state: 'queued',
      request: JSON.stringify(request),
      summary: null,
      error_code: null,
      error_details: null,
      created_at: at,
      created_by: createdBy,
      changed_at: at,
      station,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new GyrusError('training-run-exists', { run: id })
  const { recipe, seed } = request
  const binds = [{ kind: 'training_runs' as const, row }]
  await appendAudit(trx, at, [
    { actor: createdBy, act: 'training.asked', subject: id, detail: { recipe, seed }, binds },
  ])
}

/** A run's new state, with its audit entry. @throws GyrusError `training-run-unknown` */
export async function changeRun(trx: Transaction<Database>, change: RunChange): Promise<void> {
  const changed = await changeWhere(trx, change, {})
  if (!changed) throw new GyrusError('training-run-unknown', { run: change.id })
}

/** The same of a run that stands as it is held to stand. @returns whether it did */
export function changeHeldRun(trx: Transaction<Database>, change: RunChange, held: HeldRun): Promise<boolean> {
  return changeWhere(trx, change, held)
}

/**
 * Has a workstation train what waits, or what another one had and lost. @returns null where there is nothing to train: it
 * was cancelled, or is finished
 */
export async function takeRun(
  trx: Transaction<Database>,
  { id, actor }: { id: string; actor: string },
  station: string,
): Promise<RunRecord | null> {
  const taken = await changeWhere(trx, { id, state: 'running', actor }, { states: ['queued', 'running'] }, station)
  return taken ? getRun(trx, id) : null
}

/** @returns whether there was a row to change */
async function changeWhere(
  trx: Transaction<Database>,
  change: RunChange,
  { states, station }: Partial<HeldRun>,
  takenBy?: string,
): Promise<boolean> {
  const at = timeNow()
  const { id, state, actor } = change
  const failure = 'failure' in change ? change.failure : undefined
  const summary = 'summary' in change ? change.summary : undefined
  const updated = await trx
    .updateTable('training_runs')
    .set({
      state,
      changed_at: at,
      error_code: failure?.code ?? null,
      error_details: failure ? JSON.stringify(failure.details) : null,
      ...(summary && { summary: JSON.stringify(summary) }),
      ...(takenBy !== undefined && { station: takenBy }),
    })
    .where('id', '=', id)
    .$if(states !== undefined, (query) => query.where('state', 'in', states ?? []))
    .$if(station !== undefined, (query) => query.where('station', '=', station ?? ''))
    .executeTakeFirst()
  if (updated.numUpdatedRows === 0n) return false
  if (state !== 'running') await trx.deleteFrom('run_progress').where('run_id', '=', id).execute()
  const detail = {
    ...(failure && { code: failure.code }),
    ...(summary && { weights: summary.weightsSha256, data: summary.dataSha256, epoch: summary.bestEpoch }),
  }
  await appendAudit(trx, at, [{ actor, act: `training.${state}`, subject: id, detail }])
  return true
}

/** Tells other workstations how a run comes along. It is no part of the record. */
export async function tellRun(db: Kysely<Database>, id: string, told: LiveRun): Promise<void> {
  const live = JSON.stringify(told)
  await db
    .insertInto('run_progress')
    .values({ run_id: id, live })
    .onConflict((conflict) => conflict.column('run_id').doUpdateSet({ live }))
    .execute()
}

/** What was told of a run last; null where nothing was, or by a Gyrus that tells it otherwise. */
export async function toldOfRun(db: Kysely<Database>, id: string): Promise<LiveRun | null> {
  const row = await db.selectFrom('run_progress').where('run_id', '=', id).select('live').executeTakeFirst()
  return row ? (liveRunSchema.safeParse(JSON.parse(row.live)).data ?? null) : null
}

/** All runs, newest first. */
export async function listRuns(db: Kysely<Database>): Promise<RunRecord[]> {
  const rows = await db.selectFrom('training_runs').selectAll().orderBy('created_at', 'desc').orderBy('id').execute()
  return rows.map(toRun)
}

/** Those that wait or run. */
export async function openRuns(db: Kysely<Database>): Promise<RunRecord[]> {
  const rows = await db
    .selectFrom('training_runs')
    .where('state', 'in', ['queued', 'running'])
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(toRun)
}

/** @throws GyrusError `training-run-unknown` */
export async function getRun(db: Kysely<Database>, id: string): Promise<RunRecord> {
  const row = await db.selectFrom('training_runs').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new GyrusError('training-run-unknown', { run: id })
  return toRun(row)
}

/** One run that this version cannot read must not hide the others. */
function toRun(row: Selectable<TrainingRunsTable>): RunRecord {
  const request = trainingRequestSchema.safeParse(JSON.parse(row.request))
  const summary = runSummarySchema.nullable().safeParse(JSON.parse(row.summary ?? 'null'))
  const unreadable = new GyrusError('training-run-unreadable', { run: row.id }).toFailure()
  return {
    id: row.id,
    state: row.state,
    request: request.data ?? null,
    summary: summary.data ?? null,
    failure: request.success && summary.success ? toFailure(row) : unreadable,
    createdAt: row.created_at,
    createdBy: row.created_by,
    changedAt: row.changed_at,
    station: row.station,
  }
}
