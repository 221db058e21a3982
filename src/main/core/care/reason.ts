import { randomBytes } from 'node:crypto'
import type { SaltedReason } from '../../store/types.ts'
import { sha256Of } from './keep.ts'

/**
 * What goes on record of the reason of an erasure: SHA-256 over the salt (hex), a space and the reason (UTF-8). Who has
 * the wording and the record can show that it was this one. The salt stands in the tombstone and not in the audit trail,
 * so that an export of the trail does not let the wording be guessed, nor tell which erasures had the same.
 */
export function saltedReason(reason: string, salt = randomBytes(16).toString('hex')): SaltedReason {
  return { salt, sha256: sha256Of(Buffer.from(`${salt} ${reason}`)) }
}
