import { setTimeout as sleep } from 'node:timers/promises'
import { reasonOf } from '../../shared/connection-reasons.ts'
import { type ErrorCode, GyrusError } from '../../shared/errors.ts'

/** SQLite's result codes (extended ones begin with these) and what they mean to a user. */
const CODES: [prefix: string, code: ErrorCode][] = [
  ['SQLITE_BUSY', 'database-locked'],
  ['SQLITE_LOCKED', 'database-locked'],
  ['SQLITE_READONLY', 'database-read-only'],
  ['SQLITE_CANTOPEN', 'database-read-only'],
  ['SQLITE_PERM', 'database-read-only'],
  ['SQLITE_FULL', 'disk-full'],
  ['SQLITE_IOERR', 'disk-error'],
  ['SQLITE_CORRUPT', 'database-corrupt'],
  ['SQLITE_NOTADB', 'database-corrupt'],
]

/** The same of PostgreSQL (https://www.postgresql.org/docs/15/errcodes-appendix.html) and of the network on the way there. */
const DEPARTMENT_CODES: [pattern: RegExp, code: ErrorCode][] = [
  [/^(55P03|40001|40P01|53300)$/, 'database-locked'],
  [/^(28|3D000$)/, 'database-refused'],
  [/^(42501|25006)$/, 'database-read-only'],
  [/^53100$/, 'disk-full'],
  [/^58/, 'disk-error'],
  [/^XX00[12]$/, 'database-corrupt'],
  [/^42P01$|^42703$/, 'database-older'],
  [/^(08|57P0|25P03)/, 'database-unreachable'],
  // Its certificate is not what the address asks for.
  [/^(CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|ERR_TLS)/, 'database-refused'],
  [/^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)/, 'database-unreachable'],
]

/** What the driver says in words alone. */
const DEPARTMENT_WORDS =
  /^(connect ENOENT|Connection terminated|timeout e|Query read timeout|Client (has encountered a connection error|was closed))/i
/** It asks for a password, and nobody gave one. */
const NO_PASSWORD = /client password must be a (non-empty )?string$/
const NO_TLS = /^(The server does not support|There was an error establishing an) SSL connection/

/** An error of the department's database as one of ours; any other value comes back as it is. */
function asDepartmentError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (NO_TLS.test(error.message)) return new GyrusError('database-without-tls', {}, { cause: error })
  if (NO_PASSWORD.test(error.message)) return new GyrusError('database-password-missing', {}, { cause: error })
  const known = DEPARTMENT_CODES.find(([pattern]) => pattern.test(code))?.[1]
  const said = DEPARTMENT_WORDS.test(error.message) ? 'database-unreachable' : known
  return said ? new GyrusError(said, { reason: reasonOf(code) }, { cause: error }) : error
}

/** A database error as one of ours; any other value comes back as it is. */
export function asStoreError(error: unknown): unknown {
  if (error instanceof GyrusError) return error
  const sqlite = (error as { code?: unknown } | null)?.code
  if (typeof sqlite !== 'string' || !sqlite.startsWith('SQLITE_')) return asDepartmentError(error)
  // Reading brings nothing up to date, so a table may not be there yet.
  if (/^no such (table|column)/.test((error as Error).message))
    return new GyrusError('database-older', {}, { cause: error })
  const known = CODES.find(([prefix]) => sqlite.startsWith(prefix))
  return known ? new GyrusError(known[1], { reason: sqlite }, { cause: error }) : error
}

const LOCK_PATIENCE_MS = 5_000
const LOCK_PAUSE_MS = 100
/** A department's database that is begun anew is away for some seconds. */
const AWAY_PATIENCE_MS = 15_000
const AWAY_PAUSE_MS = 500
/** Where somebody waited for it in vain so shortly ago, nobody else has to. */
const STILL_AWAY_MS = 10_000
let gaveUpAt = Number.NEGATIVE_INFINITY

/**
 * Tries again while another program holds the database, or a department's is away, without blocking; errors come out as
 * ours. A connection that breaks may have broken after what was written: that is only tried again where it changes nothing
 * the second time.
 *
 * @param repeatable whether it may be done twice
 */
export async function whileLocked<T>(work: () => Promise<T>, repeatable = false): Promise<T> {
  const begun = Date.now()
  for (;;) {
    try {
      return await work()
    } catch (cause) {
      const error = asStoreError(cause)
      const wait = waitFor(error, repeatable)
      if (!wait) throw error
      if (Date.now() - begun >= wait.patience) {
        if (wait === AWAY) gaveUpAt = Date.now()
        throw error
      }
      await sleep(wait.pause)
    }
  }
}

const LOCKED = { patience: LOCK_PATIENCE_MS, pause: LOCK_PAUSE_MS }
const AWAY = { patience: AWAY_PATIENCE_MS, pause: AWAY_PAUSE_MS }

/** How long what failed so is tried again; null where that is of no use, or could do it twice. */
function waitFor(error: unknown, repeatable: boolean): typeof LOCKED | null {
  if (!(error instanceof GyrusError)) return null
  if (error.code === 'database-locked') return LOCKED
  if (error.code !== 'database-unreachable' || !(repeatable || error.details.begun === 'no')) return null
  return Date.now() - gaveUpAt < STILL_AWAY_MS ? null : AWAY
}
