import { existsSync, statSync } from 'node:fs'
import SQLite from 'better-sqlite3'
import type { DatabaseLook } from '../../shared/backup.ts'
import { GyrusError } from '../../shared/errors.ts'
import type { CopyFollowing } from './care-types.ts'
import { copyEncrypted } from './copy-encrypted.ts'
import { asStoreError } from './errors.ts'
import { changeKey, type DatabaseKey, openSqlite } from './sqlite.ts'

/** Pages of one step: some milliseconds, between which others have their turn. */
const STEP = 500

/**
 * Copies the database of a Gyrus that may be at work, of one moment: SQLite's online backup, in steps. The copy is one
 * file without companions, under the same key, and what SQLite says of it is looked at.
 *
 * @throws GyrusError `cancelled`, `database-corrupt`, `disk-full` and what else SQLite says of source and target
 */
export async function copyDatabase(
  source: string,
  target: string,
  following: CopyFollowing,
  key: DatabaseKey = null,
): Promise<void> {
  try {
    if (key === null) await copyInSteps(source, target, following)
    else await copyEncrypted({ source, target, key }, following)
    if (following.signal?.aborted) throw new GyrusError('cancelled')
    finish(target, key)
  } catch (error) {
    throw asStoreError(error)
  }
}

/**
 * The same, with the copy under another key, or in clear. On the way it has the key of its source.
 *
 * @throws GyrusError as `copyDatabase`
 */
export async function rekeyedCopy(
  source: string,
  target: string,
  keys: { from: DatabaseKey; to: DatabaseKey },
  following: CopyFollowing,
): Promise<void> {
  await copyDatabase(source, target, following, keys.from)
  try {
    changeKey(target, keys.from, keys.to)
    finish(target, keys.to)
  } catch (error) {
    throw asStoreError(error)
  }
}

/**
 * An encrypted copy of a database in clear that nobody writes to; no piece of it lies in clear beside it, not for a moment.
 *
 * @throws GyrusError `database-corrupt`, `disk-full` and what else SQLite says of source and target
 */
export async function sealedCopy(source: string, target: string, key: Uint8Array): Promise<void> {
  try {
    await copyEncrypted({ source, target, key, inClear: true }, {})
    finish(target, key)
  } catch (error) {
    throw asStoreError(error)
  }
}

async function copyInSteps(source: string, target: string, { signal, onProgress }: CopyFollowing): Promise<void> {
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
}

function finish(target: string, key: DatabaseKey): void {
  const copy = openSqlite(target, { fileMustExist: true }, key)
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
export function checkDatabase(file: string, key: DatabaseKey = null): DatabaseLook {
  if (!existsSync(file) || statSync(file).size === 0) return 'none'
  try {
    const sqlite = openSqlite(file, { fileMustExist: true, timeout: 5_000 }, key)
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

/** Rows of each table. @throws GyrusError what SQLite says */
export function countRows(file: string, key: DatabaseKey): Record<string, number> {
  try {
    const sqlite = openSqlite(file, { readonly: true, fileMustExist: true, timeout: 5_000 }, key)
    try {
      const tables = sqlite.prepare(`select name from sqlite_master where type = 'table'`).pluck().all() as string[]
      const count = (name: string) => sqlite.prepare(`select count(*) from "${name}"`).pluck().get() as number
      return Object.fromEntries(tables.map((name) => [name, count(name)]))
    } finally {
      sqlite.close()
    }
  } catch (error) {
    throw asStoreError(error)
  }
}
