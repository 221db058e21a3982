import { copyFileSync, rmSync } from 'node:fs'
import SQLite from 'better-sqlite3'

/** What anybody with the file can do: no trigger is in the way. */
export function tamper(file: string, change: (sqlite: SQLite.Database) => void): void {
  const sqlite = new SQLite(file)
  try {
    sqlite.pragma('foreign_keys = OFF')
    sqlite.pragma('ignore_check_constraints = ON')
    sqlite.pragma('synchronous = OFF')
    const triggers = sqlite.prepare(`select name from sqlite_master where type = 'trigger'`).pluck().all() as string[]
    for (const name of triggers) sqlite.exec(`drop trigger ${name}`)
    change(sqlite)
    sqlite.pragma('wal_checkpoint(truncate)')
  } finally {
    sqlite.close()
  }
}

/** What a program does that goes by the triggers. */
export function withTriggers(file: string, change: (sqlite: SQLite.Database) => void): void {
  const sqlite = new SQLite(file)
  try {
    sqlite.pragma('foreign_keys = OFF')
    change(sqlite)
    sqlite.pragma('wal_checkpoint(truncate)')
  } finally {
    sqlite.close()
  }
}

/** A copy to be spoilt. */
export function copyOf(file: string, name: string): string {
  const copy = `${file}.${name}`
  for (const suffix of ['-wal', '-shm']) rmSync(copy + suffix, { force: true })
  copyFileSync(file, copy)
  return copy
}
