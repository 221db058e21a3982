import type SQLite from 'better-sqlite3'
import { copyDatabase } from './database-of.ts'
import PostgresPeek from './sqlite-peek.ts'

/** Takes the place of test/support/spoil.ts in the project “store-postgres”. What the owner of the server can do. */
export function tamper(file: string, change: (sqlite: SQLite.Database) => void): void {
  const peek = new PostgresPeek(file)
  try {
    peek.exec(session('enable trigger'))
    change(peek as unknown as SQLite.Database)
  } finally {
    peek.close()
  }
}

/** In a session that looks at no references. @param how whether triggers act in it all the same */
const session = (how: 'enable trigger' | 'enable always trigger') => `do $$ declare one text; begin
    for one in select format('alter table %s ${how} %I', tgrelid::regclass, tgname)
      from pg_trigger where not tgisinternal loop
      execute one;
    end loop;
  end $$;
  set session_replication_role = replica`

export function withTriggers(file: string, change: (sqlite: SQLite.Database) => void): void {
  const peek = new PostgresPeek(file)
  try {
    peek.exec(session('enable always trigger'))
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
