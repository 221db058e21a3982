import { createRequire } from 'node:module'
import type SQLite from 'better-sqlite3'

const Ciphers = createRequire(import.meta.url)('better-sqlite3-multiple-ciphers') as typeof SQLite
const KEY = '07'.repeat(32)

/**
 * Takes the place of `better-sqlite3` in the project “encrypted” (vitest.config.ts), in the sources and in the tests:
 * every database file of a test is then an encrypted one, whoever opens it.
 */
export default class EncryptedSqlite extends Ciphers {
  constructor(file: string, options?: SQLite.Options) {
    super(file, options)
    // What lies in memory only has no key.
    if (file === ':memory:') return
    this.pragma(`cipher = 'aegis'`)
    this.pragma(`key = "x'${KEY}'"`)
    this.pragma('temp_store = MEMORY')
  }
}
