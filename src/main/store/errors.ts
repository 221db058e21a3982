import { setTimeout as sleep } from 'node:timers/promises'
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

/** A database error as one of ours; any other value comes back as it is. */
export function asStoreError(error: unknown): unknown {
  const sqlite = (error as { code?: unknown } | null)?.code
  if (typeof sqlite !== 'string') return error
  // Reading brings nothing up to date, so a table may not be there yet.
  if (/^no such (table|column)/.test((error as Error).message))
    return new GyrusError('database-older', {}, { cause: error })
  const known = CODES.find(([prefix]) => sqlite.startsWith(prefix))
  return known ? new GyrusError(known[1], { reason: sqlite }, { cause: error }) : error
}

const LOCK_PATIENCE_MS = 5_000
const LOCK_PAUSE_MS = 100

/** Tries again while another program holds the database, without blocking; errors come out as ours. */
export async function whileLocked<T>(work: () => Promise<T>): Promise<T> {
  const giveUpAt = Date.now() + LOCK_PATIENCE_MS
  for (;;) {
    try {
      return await work()
    } catch (cause) {
      const error = asStoreError(cause)
      const locked = error instanceof GyrusError && error.code === 'database-locked'
      if (!locked || Date.now() > giveUpAt) throw error
      await sleep(LOCK_PAUSE_MS)
    }
  }
}
