import type { Kysely, Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import type { GateResult } from '../../shared/gate.ts'
import type { Activation } from '../../shared/models.ts'
import { appendAudit } from './audit.ts'
import type { Database, ModelActivationRecord } from './schema.ts'
import type { NewActivation, StoredActivation } from './types.ts'

/** Oldest first. */
export async function activations(db: Kysely<Database>): Promise<StoredActivation[]> {
  // A record that an older Gyrus wrote, opened for reading only, does not have the table yet.
  const tables = await db.introspection.getTables()
  if (!tables.some(({ name }) => name === 'model_activations')) return []
  const records = await db.selectFrom('model_activations').selectAll().orderBy('id').execute()
  return records.map(toStored)
}

/** Puts a model in force on record, in the place of whatever was. */
export async function activate(trx: Transaction<Database>, one: NewActivation): Promise<Activation> {
  const last = await trx.selectFrom('model_activations').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst()
  const { weights, manifest, card } = one.files
  const record = await trx
    .insertInto('model_activations')
    .values({
      kind: one.kind,
      model_id: one.modelId,
      weights_sha256: weights,
      manifest_sha256: manifest,
      card_sha256: card,
      activated_by: one.by,
      activated_at: timeNow(),
      reason: one.reason,
      gate: JSON.stringify(one.gate),
      supersedes: last?.id ?? null,
      restores: one.restores,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const { activation } = toStored(record)
  const { id, weightsSha256, reason, gate, supersedes, restores } = activation
  const detail = { activation: id, weights: weightsSha256, reason, gate, supersedes, restores }
  const act = one.kind === 'rollback' ? 'model.rolled-back' : 'model.activated'
  const binds = [{ kind: 'model_activations' as const, row: record }]
  await appendAudit(trx, record.activated_at, [{ actor: one.by, act, subject: one.modelId, detail, binds }])
  return activation
}

function toStored(record: ModelActivationRecord): StoredActivation {
  const { weights_sha256: weights, manifest_sha256: manifest, card_sha256: card } = record
  return {
    files: { weights, manifest, card },
    activation: {
      id: record.id,
      kind: record.kind,
      modelId: record.model_id,
      weightsSha256: weights,
      by: record.activated_by,
      at: record.activated_at,
      reason: record.reason,
      // As it was written: an old finding must not keep a newer Gyrus from starting.
      gate: JSON.parse(record.gate) as GateResult,
      supersedes: record.supersedes,
      restores: record.restores,
    },
  }
}
