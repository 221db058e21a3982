import { existsSync, statSync } from 'node:fs'
import SQLite from 'better-sqlite3'
import type { DatabaseLook } from '../../shared/backup.ts'
import { GyrusError } from '../../shared/errors.ts'
import type { CopyFollowing } from './care-types.ts'
import { asStoreError } from './errors.ts'

/** Pages of one step: some milliseconds, between which others have their turn. */
const STEP = 500

/**
 * Copies the database of a Gyrus that may be at work: SQLite's online backup, in steps, of one moment. The copy is one
 * file without companions, and what SQLite says of it is looked at.
 *
 * @throws GyrusError `cancelled`, `database-corrupt`, `disk-full` and what else SQLite says of source and target
 */
export async function copyDatabase(source: string, target: string, following: CopyFollowing): Promise<void> {
  const { signal, onProgress } = following
  try {
    const from = new SQLite(source, { readonly: true, fileMustExist: true, timeout: 5_000 })
    try {
      // Holds the moment: a Gyrus that writes meanwhile would make the copy begin again and again.
      from.exec('begin; select count(*) from sqlite_master')
      await from.backup(target, {
        progress: ({ totalPages, remainingPages }) => {
          if (signal?.aborted) throw new GyrusError('cancelled')
          onProgress?.({ stage: 'database', done: totalPages - remainingPages, total: totalPages })
          return STEP
        },
      })
    } finally {
      from.close()
    }
    if (signal?.aborted) throw new GyrusError('cancelled')
    finish(target)
  } catch (error) {
    throw asStoreError(error)
  }
}

function finish(target: string): void {
  const copy = new SQLite(target, { fileMustExist: true })
  try {
    copy.pragma('journal_mode = delete')
    const found = problemOf(copy)
    if (found !== null) throw new GyrusError('database-corrupt', { reason: found })
  } finally {
    copy.close()
  }
}

function problemOf(sqlite: SQLite.Database, table?: string): string | null {
  const about = table === undefined ? '1' : `'${table.replaceAll("'", "''")}'`
  const [row] = sqlite.pragma(`quick_check(${about})`) as { quick_check: string }[]
  return row === undefined || row.quick_check === 'ok' ? null : row.quick_check
}

/** Up to here the whole file is looked at: it takes about a second. */
const WHOLE_BYTES = 256 * 2 ** 20
/** Above it: tables, the small ones of the settings first, until this is spent. */
const PATIENCE_MS = 2_000

/**
 * Looks at a database before it is opened. A large one is looked at in part; each backup looks at all of it.
 *
 * @returns how much was looked at
 * @throws GyrusError `database-corrupt`
 */
export function checkDatabase(file: string): DatabaseLook {
  if (!existsSync(file) || statSync(file).size === 0) return 'none'
  try {
    const sqlite = new SQLite(file, { fileMustExist: true, timeout: 5_000 })
    try {
      const whole = statSync(file).size <= WHOLE_BYTES
      const problem = whole ? problemOf(sqlite) : problemOfSome(sqlite)
      if (problem !== null) throw new GyrusError('database-corrupt', { reason: problem })
      return whole ? 'whole' : 'part'
    } finally {
      sqlite.close()
    }
  } catch (error) {
    const known = asStoreError(error)
    // What else stands in the way is told when it is opened.
    if (known instanceof GyrusError && known.code === 'database-corrupt') throw known
    return 'none'
  }
}

function problemOfSome(sqlite: SQLite.Database): string | null {
  const giveUpAt = Date.now() + PATIENCE_MS
  const tables = sqlite.prepare(`select name from sqlite_master where type = 'table' order by rowid desc`).pluck().all()
  for (const table of tables as string[]) {
    if (Date.now() > giveUpAt) return null
    const problem = problemOf(sqlite, table)
    if (problem !== null) return problem
  }
  return null
}
