import { type Kysely, sql, type Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import { DEFAULT_URGENCY, URGENCY_PARTS, type Urgency, type UrgencyRule, urgencyOf } from '../../shared/urgency.ts'
import { appendAudit } from './audit.ts'
import { renewedRanks } from './dialect/words.ts'
import { labelIn } from './rows.ts'
import type { CaseRecord, Database } from './schema.ts'

/** By which rule the work list says what comes first. */
export async function urgencyRule(db: Kysely<Database>): Promise<UrgencyRule> {
  const rows = await db.selectFrom('urgency_settings').selectAll().execute()
  return { ...DEFAULT_URGENCY, ...Object.fromEntries(rows.map(({ name, value }) => [name, value])) }
}

/** Puts what waits for a reader in the new order, too; what was read does not change. */
export async function setUrgencyRule(trx: Transaction<Database>, rule: UrgencyRule, actor: string): Promise<void> {
  const before = await urgencyRule(trx)
  for (const name of URGENCY_PARTS) {
    await trx
      .insertInto('urgency_settings')
      .values({ name, value: rule[name] })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: rule[name] }))
      .execute()
  }
  await sql`update cases set ${renewedRanks}
    where state in ('listed', 'received', 'analysed', 'failed')`.execute(trx)
  await appendAudit(trx, timeNow(), [
    { actor, act: 'reading.urgency-set', subject: 'department', detail: { ...rule, before: { ...before } } },
  ])
}

const WAITS: readonly CaseRecord['state'][] = ['listed', 'received', 'analysed', 'failed']
const DAY_MS = 86_400_000

/** The points of the cases that wait for a reader, by their ids, as of now: what the order of urgency is made of. */
export async function urgencies(db: Kysely<Database>, records: CaseRecord[]): Promise<Map<string, Urgency>> {
  // Nobody waits for what somebody edited.
  const waiting = records.filter(({ state, source }) => WAITS.includes(state) && source !== 'edited')
  const ids = waiting.flatMap(({ result_id }) => result_id ?? [])
  const results = await db.selectFrom('results').where('id', 'in', ids).select(['id', 'p_notumor']).execute()
  const none = new Map(results.map(({ id, p_notumor }) => [id, p_notumor]))
  const rule = await urgencyRule(db)
  const now = Date.now()
  return new Map(
    waiting.map(({ id, state, label, confidence, result_id, received_at }) => {
      const tumour = 1 - (none.get(result_id ?? -1) ?? 0.5)
      const answer = labelIn(label) === null ? null : { tumour, confidence }
      const days = (now - Date.parse(received_at)) / DAY_MS
      return [id, urgencyOf(rule, { failed: state === 'failed', answer, days })]
    }),
  )
}
