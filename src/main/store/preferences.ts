import type { Kysely, Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import { GyrusError } from '../../shared/errors.ts'
import { DEFAULT_MOUSE } from '../../shared/keys.ts'
import { type Preferences, preferencesSchema } from '../../shared/preferences.ts'
import type { Database } from './schema.ts'

/** Those of a reader who never changed anything are the defaults. */
export async function preferencesOf(db: Kysely<Database>, reader: string): Promise<Preferences> {
  const row = await db.selectFrom('preferences').where('reader', '=', reader).select('value').executeTakeFirst()
  if (!row) return { keys: {}, mouse: DEFAULT_MOUSE }
  const parsed = preferencesSchema.safeParse(asJson(row.value))
  if (!parsed.success) throw new GyrusError('preferences-unreadable')
  return parsed.data
}

export async function setPreferences(trx: Transaction<Database>, reader: string, chosen: Preferences): Promise<void> {
  const row = { value: JSON.stringify(chosen), changed_at: timeNow() }
  await trx
    .insertInto('preferences')
    .values({ reader, ...row })
    .onConflict((conflict) => conflict.column('reader').doUpdateSet(row))
    .execute()
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
