import type { Kysely, Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import { SECOND_WHEN, type SecondSettings } from '../../shared/reading.ts'
import { appendAudit } from './audit.ts'
import type { Database } from './schema.ts'

/** Below that the AI is in doubt more often than not; only where the department asks for it. */
const BELOW = 0.8

/** Which cases the department has two readers read, and whom it lets adjudicate. */
export async function secondSettings(db: Kysely<Database>): Promise<SecondSettings> {
  const rows = await db.selectFrom('second_settings').selectAll().execute()
  const get = (name: string) => rows.find((row) => row.name === name)?.value
  return {
    when: SECOND_WHEN.find((one) => one === get('when')) ?? 'none',
    below: Number(get('below') ?? BELOW),
    adjudicators: JSON.parse(get('adjudicators') ?? '[]') as string[],
  }
}

export async function setSecondSettings(
  trx: Transaction<Database>,
  { when, below, adjudicators }: SecondSettings,
  actor: string,
): Promise<void> {
  const names = [...new Set(adjudicators)].sort()
  const values = { when, below: String(below), adjudicators: JSON.stringify(names) } as const
  for (const name of ['when', 'below', 'adjudicators'] as const) {
    await trx
      .insertInto('second_settings')
      .values({ name, value: values[name] })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: values[name] }))
      .execute()
  }
  const detail = { when, below, adjudicators: names }
  await appendAudit(trx, timeNow(), [{ actor, act: 'reading.second-set', subject: 'department', detail }])
}
