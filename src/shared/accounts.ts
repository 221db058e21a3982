/** What an account may do, beside signing in. Rights are data: each entry of the contract names the one that it needs. */
export const ROLES = ['radiologist', 'administrator', 'auditor'] as const
export type Role = (typeof ROLES)[number]

/**
 * - `anyone`: also before anybody signed in
 * - `own`: whoever is signed in, about themselves: password, lock, own keys
 * - `read`: looks at what is on record, and changes nothing
 * - `review`: opens scans, judges cases
 * - `oversee`: sees how the data is cared for: backups, rules of retention, holds
 * - `administer`: accounts, models, data sets, training, settings
 */
export type Right = 'anyone' | 'own' | 'read' | 'review' | 'oversee' | 'administer'

const RIGHTS: Record<Role, readonly Right[]> = {
  radiologist: ['anyone', 'own', 'read', 'review'],
  administrator: ['anyone', 'own', 'read', 'review', 'oversee', 'administer'],
  auditor: ['anyone', 'own', 'read', 'oversee'],
}

export const mayDo = (role: Role, right: Right): boolean => RIGHTS[role].includes(right)

/** What the record itself signs its own acts with. */
const TAKEN_BY_GYRUS = 'gyrus'
const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]*[\p{L}\p{N}.])?$/u
export const MAX_NAME = 40

/** Names that differ in this are two; those that look the same in other letters or code points are one. */
export const nameKey = (name: string): string => name.normalize('NFKC').toLowerCase().trim()

export const isAccountName = (name: string): boolean =>
  name.length <= MAX_NAME && NAME.test(name) && !name.includes('  ') && nameKey(name) !== TAKEN_BY_GYRUS

/** NIST SP 800-63B: long rather than odd; in characters. */
export const MIN_PASSWORD = 12
export const MAX_PASSWORD = 256

const MAX_DELAY_S = 15 * 60

/** How long after so many failed tries in a row the next one may follow, s: 1, 2, 4 … up to 15 min. */
export const delayAfter = (failures: number): number =>
  failures === 0 ? 0 : Math.min(MAX_DELAY_S, 2 ** Math.min(failures - 1, 30))

/**
 * Seconds, rounded up, that are left until the next try. `failedAt` and `now` in ms. A clock that was put back never
 * makes it longer than the delay itself.
 */
export function waitSeconds(failures: number, failedAt: number, now: number): number {
  const delay = delayAfter(failures) * 1000
  return Math.ceil(Math.min(delay, Math.max(0, failedAt + delay - now)) / 1000)
}

/** Minutes without a key or a movement of the mouse after which a session is locked. */
export const DEFAULT_LOCK_MINUTES = 15

/** Days that a token is good for. */
export const DEFAULT_TOKEN_DAYS = 90
export const MAX_LOCK_MINUTES = 8 * 60
export const MAX_TOKEN_DAYS = 366
