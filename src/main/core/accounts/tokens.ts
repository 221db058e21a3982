import { randomBytes } from 'node:crypto'
import type { ReadStore, StoredToken } from '../../store/types.ts'
import { sha256 } from './sessions.ts'

const PREFIX = 'gyrus_'

/** 256 random bits; the prefix lets secret scanners know it. */
export function newToken(): { token: string; sha256: string } {
  const token = PREFIX + randomBytes(32).toString('base64url')
  return { token, sha256: sha256(token) }
}

/** The token as it is on record, if it is good now. Looked up by its hash, so that the time it takes tells nothing of it. */
export async function findToken(store: ReadStore, token: string, now = Date.now()): Promise<StoredToken | null> {
  const hash = sha256(token.trim())
  const found = (await store.tokens()).find((one) => one.sha256 === hash)
  return found && found.revokedAt === null && Date.parse(found.expiresAt) > now ? found : null
}
