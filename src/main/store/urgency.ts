import { type Kysely, sql, type Transaction } from 'kysely'
import { DEFAULT_URGENCY, type UrgencyRule } from '../../shared/urgency.ts'
import { appendAudit } from './audit.ts'
import { ranked } from './migrations/0032-urgency.ts'
import type { Database } from './schema.ts'

const NAMES = ['tumour', 'uncertainty', 'waiting'] as const

/** By which rule the work list says what comes first. */
export async function urgencyRule(db: Kysely<Database>): Promise<UrgencyRule> {
  const rows = await db.selectFrom('urgency_settings').selectAll().execute()
  return { ...DEFAULT_URGENCY, ...Object.fromEntries(rows.map(({ name, value }) => [name, value])) }
}

/** Puts what waits for a reader in the new order, too; what was read does not change. */
export async function setUrgencyRule(trx: Transaction<Database>, rule: UrgencyRule, actor: string): Promise<void> {
  const before = await urgencyRule(trx)
  for (const name of NAMES) {
    await trx
      .insertInto('urgency_settings')
      .values({ name, value: rule[name] })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: rule[name] }))
      .execute()
  }
  await sql`update cases set ${sql.raw(ranked('cases'))}
    where state in ('listed', 'received', 'analysed', 'failed')`.execute(trx)
  await appendAudit(trx, new Date().toISOString(), [
    { actor, act: 'reading.urgency-set', subject: 'department', detail: { ...rule, before: { ...before } } },
  ])
}
