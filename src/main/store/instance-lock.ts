import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { GyrusError } from '../../shared/errors.ts'
import { asStoreError } from './errors.ts'

/** Whoever only looks holds it for less than that, ms. */
const PATIENCE_MS = 100

/**
 * One Gyrus a data folder. The lock is an exclusive transaction on a file of its own: the operating system lets go of
 * it when the process ends, however it ends, so no stale lock can shut anyone out.
 *
 * @throws GyrusError `data-folder-in-use` with the other process's number; `database-read-only`
 */
export function lockDataFolder(folder: string): { release(): void } {
  const file = join(folder, 'instance.lock')
  const holder = join(folder, 'instance.pid')
  let lock: SQLite.Database | undefined
  try {
    lock = new SQLite(file, { timeout: PATIENCE_MS })
    lock.exec('begin exclusive')
    writeFileSync(holder, String(process.pid))
    const held = lock
    return { release: () => held.close() }
  } catch (cause) {
    lock?.close()
    const error = asStoreError(cause)
    if (!(error instanceof GyrusError) || error.code !== 'database-locked') throw error
    throw new GyrusError('data-folder-in-use', { path: folder, pid: readHolder(holder) })
  }
}

/** Whether a Gyrus has this data folder now. Looks without taking it, so that none is kept from starting. */
export function isDataFolderTaken(folder: string): boolean {
  const file = join(folder, 'instance.lock')
  if (!existsSync(file)) return false
  const lock = new SQLite(file, { readonly: true, timeout: 0 })
  try {
    lock.prepare('select count(*) from sqlite_master').get()
    return false
  } catch (cause) {
    const error = asStoreError(cause)
    if (error instanceof GyrusError && error.code === 'database-locked') return true
    throw error
  } finally {
    lock.close()
  }
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return 'unknown'
  }
}
