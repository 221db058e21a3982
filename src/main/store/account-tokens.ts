import type { Kysely, Transaction } from 'kysely'
import { GyrusError } from '../../shared/errors.ts'
import type { NewToken, StoredToken } from './account-types.ts'
import { hasAccounts, log, need } from './accounts.ts'
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
  const at = new Date().toISOString()
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
