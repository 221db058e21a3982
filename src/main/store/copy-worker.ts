import { rmSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { type DatabaseKey, openSqlite } from './sqlite.ts'

/** A thread of its own: SQLite copies an encrypted database in one piece, and the core's thread owns the windows. */
export interface CopyOrder {
  source: string
  target: string
  key: DatabaseKey
  /** The source has no key. */
  inClear?: boolean
}

/** Null, or what SQLite says: an error's class does not get across. */
export type CopyAnswer = { code: string; message: string } | null

parentPort?.postMessage(copy(workerData as CopyOrder))

function copy({ source, target, key, inClear }: CopyOrder): CopyAnswer {
  try {
    if (inClear) return seal(source, target, key)
    const sqlite = openSqlite(source, { readonly: true, fileMustExist: true, timeout: 5_000 }, key)
    try {
      // The copy is under the same key.
      sqlite.prepare('vacuum into ?').run(target)
      return null
    } finally {
      sqlite.close()
    }
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string }
    return { code: typeof code === 'string' ? code : '', message }
  }
}

/** What is copied takes the key of the database that it was attached to: an empty one, which goes when it is done. */
function seal(source: string, target: string, key: DatabaseKey): null {
  const empty = `${target}.key`
  const sqlite = openSqlite(empty, {}, key)
  try {
    sqlite.exec('create table attached_to (x)')
    sqlite.prepare(`attach ? as clear key ''`).run(source)
    sqlite.prepare('vacuum clear into ?').run(target)
    return null
  } finally {
    sqlite.close()
    rmSync(empty, { force: true })
  }
}
