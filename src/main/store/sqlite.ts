import { createRequire } from 'node:module'
import SQLite from 'better-sqlite3'

/** 256 bits that open an encrypted database; null for one in clear. */
export type DatabaseKey = Uint8Array | null

/**
 * AEGIS-256 with a tag for each page: a page that was altered is not read. Of the authenticated ciphers that are there it
 * alone costs next to nothing (docs/security.md).
 */
const CIPHER = 'aegis'

/**
 * Opens a database file. One in clear never meets the fork of SQLite's binding that can encrypt: it is older than ours,
 * and nobody who does not encrypt should depend on it. A file is opened by one of the two only, as SQLite's locks want.
 *
 * @throws SQLite's errors; a wrong key is `SQLITE_NOTADB` at the first statement
 */
export function openSqlite(file: string, options: SQLite.Options, key: DatabaseKey): SQLite.Database {
  if (key === null) return new SQLite(file, options)
  const sqlite = openWithCiphers(file, options)
  try {
    sqlite.pragma(`cipher = '${CIPHER}'`)
    sqlite.pragma(`key = ${quoted(key)}`)
    // What does not fit into memory would be sorted in files, in clear.
    sqlite.pragma('temp_store = MEMORY')
    return sqlite
  } catch (error) {
    sqlite.close()
    throw error
  }
}

/** Turns a database that nobody else has open from one key to another; all of it is written anew. */
export function changeKey(file: string, from: DatabaseKey, to: DatabaseKey): void {
  const sqlite = from === null ? openWithCiphers(file, { fileMustExist: true }) : openSqlite(file, {}, from)
  try {
    sqlite.pragma('journal_mode = delete')
    sqlite.pragma('temp_store = MEMORY')
    sqlite.pragma(`cipher = '${CIPHER}'`)
    sqlite.pragma(`rekey = ${to === null ? "''" : quoted(to)}`)
  } finally {
    sqlite.close()
  }
}

const quoted = (key: Uint8Array) => `"x'${Buffer.from(key).toString('hex')}'"`

function openWithCiphers(file: string, options: SQLite.Options): SQLite.Database {
  // Loaded where a record is encrypted, and not before.
  const Ciphers = createRequire(import.meta.url)('better-sqlite3-multiple-ciphers') as typeof SQLite
  return new Ciphers(file, options)
}
