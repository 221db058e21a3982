import { parentPort, workerData } from 'node:worker_threads'
import { type DatabaseKey, openSqlite } from './sqlite.ts'

/** A thread of its own: SQLite copies an encrypted database in one piece, and the core's thread owns the windows. */
export interface CopyOrder {
  source: string
  target: string
  key: DatabaseKey
}

/** Null, or what SQLite says: an error's class does not get across. */
export type CopyAnswer = { code: string; message: string } | null

parentPort?.postMessage(copy(workerData as CopyOrder))

function copy({ source, target, key }: CopyOrder): CopyAnswer {
  try {
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
