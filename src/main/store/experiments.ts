import { type Kysely, sql, type Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import { gateSchema } from '../../shared/input-gate.ts'
import { keptStepsSchema } from '../../shared/what-if.ts'
import type { Experiment } from '../../shared/what-if-contract.ts'
import type { Bound } from './audit/bindings.ts'
import { appendAudit } from './audit.ts'
import { findCase } from './case-detail.ts'
import type { ExperimentRow } from './experiment-schema.ts'
import type { NewExperiment } from './experiment-types.ts'
import { confidencesOf, orNull } from './rows.ts'
import type { CaseRecord, Database } from './schema.ts'

/** Newest first. */
export async function experimentsOf(db: Kysely<Database>, caseId: string): Promise<Experiment[]> {
  const rows = await db
    .selectFrom('experiments')
    .where('case_id', '=', caseId)
    .selectAll()
    .orderBy('id', 'desc')
    .execute()
  const scans = await db
    .selectFrom('edited_scans')
    .where('origin_id', '=', caseId)
    .select(['case_id', 'experiment_id'])
    .orderBy('case_id')
    .execute()
  return rows.map((row) => toExperiment(row, scans.find((one) => one.experiment_id === row.id)?.case_id ?? null))
}

const toExperiment = (row: ExperimentRow, scan: string | null): Experiment => ({
  id: row.id,
  modelId: row.model_id,
  label: orNull(row.label),
  confidences: confidencesOf(row),
  gate: gateSchema.parse(JSON.parse(row.gate)),
  ...doneOf(row.steps),
  by: row.made_by,
  at: row.at,
  scan,
})

/** No steps where they were erased, or are of a Gyrus that knew other ones. */
function doneOf(json: string): Pick<Experiment, 'frame' | 'steps'> {
  const none = { frame: null, steps: null }
  return json === '' ? none : (keptStepsSchema.safeParse(JSON.parse(json)).data ?? none)
}

export async function keepExperiment(trx: Transaction<Database>, made: NewExperiment): Promise<number> {
  const { caseId, by, frame, steps, confidences, label } = made
  await findCase(trx, caseId)
  const at = timeNow()
  const row = await trx
    .insertInto('experiments')
    .values({
      ...{ case_id: caseId, model_id: made.modelId, weights_sha256: made.weightsSha256, engine: made.engine },
      ...{
        preprocessing_version: made.preprocessingVersion,
        steps: JSON.stringify(frame === null ? steps : { frame, steps }),
        label: label ?? '',
        made_by: by,
        at,
      },
      ...{ p_glioma: confidences.glioma, p_meningioma: confidences.meningioma },
      ...{ p_notumor: confidences.notumor, p_pituitary: confidences.pituitary },
      gate: JSON.stringify(made.gate),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  // Which operations, and not where: what was drawn goes with the case when that is erased.
  const which = frame !== null && { frame: frame + 1 }
  const detail = { experiment: row.id, model: made.modelId, label, ...which, steps: steps.map(({ op }) => op) }
  const binds: Bound[] = [{ kind: 'experiments', row }]
  await appendAudit(trx, at, [{ actor: by, act: 'case.experiment-kept', subject: caseId, detail, binds }])
  return row.id
}

export async function editedFrom(db: Kysely<Database>, caseIds: string[]): Promise<string[]> {
  if (caseIds.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    with recursive made(id) as (
      select case_id from edited_scans where origin_id in (${sql.join(caseIds)})
      union select case_id from edited_scans join made on edited_scans.origin_id = made.id)
    select id from made`.execute(db)
  return rows.map(({ id }) => id)
}

/** Puts down what the file of a case was made of. @returns what its entry binds */
export async function keepOrigin(
  trx: Transaction<Database>,
  { id }: Pick<CaseRecord, 'id'>,
  { origin, experiment }: { origin: string; experiment: number },
): Promise<Bound[]> {
  const row = await trx
    .insertInto('edited_scans')
    .values({ case_id: id, origin_id: origin, experiment_id: experiment })
    .returningAll()
    .executeTakeFirstOrThrow()
  return [{ kind: 'edited_scans', row }]
}

/** What is drawn where goes; what came of it stays, as results do. */
export async function eraseExperiments(trx: Transaction<Database>, caseId: string): Promise<Bound[]> {
  const rows = await trx
    .updateTable('experiments')
    .set({ steps: '' })
    .where('case_id', '=', caseId)
    .returningAll()
    .execute()
  return rows.map((row) => ({ kind: 'experiments', row }))
}
