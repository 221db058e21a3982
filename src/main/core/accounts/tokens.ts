import { randomBytes } from 'node:crypto'
import type { ReadStore, RefusedToken, StoredAccount, StoredToken } from '../../store/types.ts'
import { sha256 } from './sessions.ts'

const PREFIX = 'gyrus_'

/** 256 random bits; the prefix lets secret scanners know it. */
export function newToken(): { token: string; sha256: string } {
  const token = PREFIX + randomBytes(32).toString('base64url')
  return { token, sha256: sha256(token) }
}

/** The token as it is on record. Looked up by its hash, so that the time it takes tells nothing of it. */
export async function findToken(store: ReadStore, token: string): Promise<StoredToken | null> {
  const hash = sha256(token.trim())
  return (await store.tokens()).find((one) => one.sha256 === hash) ?? null
}

/** Why a token is good for nothing now; null where it is good. */
export function whyRefused(
  token: StoredToken | null,
  account: Pick<StoredAccount, 'active'> | null,
  now = Date.now(),
): RefusedToken['because'] | null {
  if (!token) return 'unknown'
  if (token.revokedAt !== null) return 'revoked'
  if (Date.parse(token.expiresAt) <= now) return 'too-old'
  return account?.active ? null : 'deactivated'
}
