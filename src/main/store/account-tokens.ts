import { type Kysely, sql, type Transaction } from 'kysely'
import { DEFAULT_LOCK_MINUTES, waitSeconds } from '../../shared/accounts.ts'
import { timeNow } from '../../shared/clock.ts'
import { GyrusError } from '../../shared/errors.ts'
import type { NewToken, RefusedToken, StoredToken } from './account-types.ts'
import { hasAccounts, log, need, SETTINGS_ROW } from './accounts.ts'
import { beside, contains } from './dialect/words.ts'
import type { Database } from './schema.ts'

/** Newest first. */
export async function tokens(db: Kysely<Database>): Promise<StoredToken[]> {
  if (!(await hasAccounts(db))) return []
  return db
    .selectFrom('account_tokens')
    .select(['id', 'account', 'sha256', 'purpose', 'created_at as createdAt', 'created_by as createdBy'])
    .select(['expires_at as expiresAt', 'revoked_at as revokedAt'])
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
}

/** From the newest time on back, the first entry that is younger than the token: nearly always the first at all. */
export async function latestSince(db: Kysely<Database>, id: string): Promise<string | null> {
  const { rows } = await sql<{ at: string }>`
    select at from audit where ${beside(sql`seq`)} > (
      select min(seq) from audit where act = 'account.token-added' and ${contains(sql`detail`, id)}
    ) order by at desc limit 1`.execute(db)
  return rows[0]?.at ?? null
}

/** @throws GyrusError `account-unknown` */
export async function addToken(trx: Transaction<Database>, token: NewToken): Promise<void> {
  const { id, sha256, purpose, createdAt, createdBy, expiresAt } = token
  const { name: account } = await need(trx, token.account)
  const row = { id, account, sha256, purpose, created_at: createdAt, created_by: createdBy, expires_at: expiresAt }
  await trx
    .insertInto('account_tokens')
    .values({ ...row, revoked_at: null })
    .execute()
  await log(trx, createdBy, 'account.token-added', account, { id, purpose, expiresAt }, createdAt)
}

/** @throws GyrusError `token-unknown` */
export async function revokeToken(trx: Transaction<Database>, id: string, by: string): Promise<void> {
  const at = timeNow()
  const row = await trx
    .updateTable('account_tokens')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('account')
    .executeTakeFirst()
  if (!row) throw new GyrusError('token-unknown', { id })
  await log(trx, by, 'account.token-revoked', row.account, { id }, at)
}

/** After so long without one, ms, a refusal is the first again. */
const QUIET_MS = 86_400_000

/**
 * Puts a refused token on record, by its id where it is a known one. Of many in a row not each is an entry: the next one
 * comes 1, 2, 4 … s later, up to 15 min, and says how many were not written down. Each token has a count of its own, and
 * those that nobody has share one, so that guesses do not hide the use of one that was revoked.
 */
export async function logRefusedToken(trx: Transaction<Database>, refused: RefusedToken): Promise<void> {
  const { id, account, because, command, now } = refused
  const last = await refusalsOf(trx, id)
  const refusedAt = Math.min(last.refused_at, now)
  const inRow = now - refusedAt > QUIET_MS ? 0 : last.refusals
  if (waitSeconds(inRow, refusedAt, now) > 0) {
    return setRefusals(trx, id, { refusals: inRow, refused_at: refusedAt, unlogged: last.unlogged + 1 })
  }
  await setRefusals(trx, id, { refusals: inRow + 1, refused_at: now, unlogged: 0 })
  const detail = { shell: 'command-line', token: id, because, command, unlogged: last.unlogged }
  await log(trx, 'gyrus', 'session.refused', account ?? '-', detail)
}

interface Counted {
  refusals: number
  refused_at: number
  unlogged: number
}

async function refusalsOf(trx: Transaction<Database>, id: string | null): Promise<Counted> {
  const of = ['refusals', 'refused_at', 'unlogged'] as const
  const row =
    id === null
      ? await trx.selectFrom('account_settings').select(of).executeTakeFirst()
      : await trx.selectFrom('account_tokens').where('id', '=', id).select(of).executeTakeFirst()
  return row ?? { refusals: 0, refused_at: 0, unlogged: 0 }
}

async function setRefusals(trx: Transaction<Database>, id: string | null, counted: Counted): Promise<void> {
  if (id !== null) {
    await trx.updateTable('account_tokens').set(counted).where('id', '=', id).execute()
    return
  }
  await trx
    .insertInto('account_settings')
    .values({ id: SETTINGS_ROW, lock_minutes: DEFAULT_LOCK_MINUTES, strangers: 0, ...counted })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(counted))
    .execute()
}
