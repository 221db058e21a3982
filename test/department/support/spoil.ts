import type SQLite from 'better-sqlite3'
import { copyDatabase } from './database-of.ts'
import PostgresPeek from './sqlite-peek.ts'

/** Takes the place of test/support/spoil.ts in the project “store-postgres”. What the owner of the server can do. */
export function tamper(file: string, change: (sqlite: SQLite.Database) => void): void {
  const peek = new PostgresPeek(file)
  try {
    // Neither triggers nor references are looked at.
    peek.exec('set session_replication_role = replica')
    change(peek as unknown as SQLite.Database)
  } finally {
    peek.close()
  }
}

/** References are not looked at, but triggers act all the same. */
const TRIGGERS_ALONE = `do $$ declare one text; begin
    for one in select format('alter table %s enable always trigger %I', tgrelid::regclass, tgname)
      from pg_trigger where not tgisinternal loop
      execute one;
    end loop;
  end $$;
  set session_replication_role = replica`

export function withTriggers(file: string, change: (sqlite: SQLite.Database) => void): void {
  const peek = new PostgresPeek(file)
  try {
    peek.exec(TRIGGERS_ALONE)
    change(peek as unknown as SQLite.Database)
  } finally {
    peek.close()
  }
}

/** A copy to be spoilt. */
export function copyOf(file: string, name: string): string {
  const copy = `${file}.${name}`
  copyDatabase(file, copy)
  return copy
}
