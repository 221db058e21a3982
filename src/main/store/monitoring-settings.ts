import type { Kysely, Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import { DEFAULT_LIMITS, type Limits, limitsSchema } from '../../shared/monitoring.ts'
import { appendAudit } from './audit.ts'
import type { MachineSample } from './monitoring-types.ts'
import type { Database } from './schema.ts'

/** From when on there is an alarm. What an older or newer Gyrus wrote otherwise is as it was at first. */
export async function limits(db: Kysely<Database>): Promise<Limits> {
  const row = await db.selectFrom('monitoring_settings').where('name', '=', 'limits').select('value').executeTakeFirst()
  return limitsSchema.catch(DEFAULT_LIMITS).parse(row ? JSON.parse(row.value) : DEFAULT_LIMITS)
}

export async function setLimits(trx: Transaction<Database>, chosen: Limits, actor: string): Promise<void> {
  const before = await limits(trx)
  const value = JSON.stringify(chosen)
  await trx
    .insertInto('monitoring_settings')
    .values({ name: 'limits', value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
  const detail = { limits: chosen, before }
  await appendAudit(trx, timeNow(), [{ actor, act: 'monitoring.limits-set', subject: 'monitoring', detail }])
}

export async function addMachineSample(trx: Transaction<Database>, sample: MachineSample): Promise<void> {
  const { at, restarts, memoryBytes, diskBytes } = sample
  await trx
    .insertInto('machine_samples')
    .values({ at, restarts, memory_bytes: memoryBytes, disk_bytes: diskBytes })
    .onConflict((conflict) => conflict.column('at').doNothing())
    .execute()
}

export function machineSamples(db: Kysely<Database>, from: string, until: string): Promise<MachineSample[]> {
  return db
    .selectFrom('machine_samples')
    .where('at', '>=', from)
    .where('at', '<', until)
    .select(['at', 'restarts', 'memory_bytes as memoryBytes', 'disk_bytes as diskBytes'])
    .orderBy('at')
    .execute()
}
