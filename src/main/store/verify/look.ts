import type SQLite from 'better-sqlite3'
import type { AuditBreak, BreakKind } from '../../../shared/audit.ts'
import type { DatabaseFile } from '../record-place.ts'
import { openSqlite } from '../sqlite.ts'
import { breakBeside } from './break.ts'
import { otherBatchCount, otherCount, otherOrder, otherText } from './kept.ts'

type Look = (sqlite: SQLite.Database) => AuditBreak | null

/**
 * Whether what the screens read through is what the rows say: indexes, the search and the kept counts. Of one moment,
 * without a turn for others; a thread of its own is the place for it. Nothing is written, but for a copy of the search's
 * index, which goes with the connection.
 *
 * @param tell called before each look with how many are done
 * @returns the first thing that is not
 * @throws SQLite's errors, for a file that cannot be read at all
 */
export function lookAt({ file, key }: DatabaseFile, tell: (done: number, total: number) => void): AuditBreak | null {
  const sqlite = openSqlite(file, { readonly: true, fileMustExist: true, timeout: 5_000 }, key)
  try {
    const looks = looksFor(sqlite)
    sqlite.exec('begin')
    for (const [done, look] of looks.entries()) {
      tell(done, looks.length)
      const found = unlessCorrupt(() => look(sqlite))
      if (found) return found
    }
    tell(looks.length, looks.length)
    return null
  } finally {
    sqlite.close()
  }
}

/** What an older Gyrus kept in another form is not looked at where it was only opened for reading. */
function looksFor(sqlite: SQLite.Database): Look[] {
  const columns = (table: string) =>
    sqlite.prepare('select name from pragma_table_info(?)').pluck().all(table) as string[]
  const isKept = columns('case_texts').includes('patient') && columns('case_counts').includes('second')
  const order = columns('cases').includes('urgency') ? [otherOrder] : []
  return isKept ? [wholeness, otherText, searchDiffers, otherCount, otherBatchCount, ...order] : [wholeness]
}

/** SQLite says of some damage by an error that it cannot read on. */
function unlessCorrupt(look: () => AuditBreak | null): AuditBreak | null {
  try {
    return look()
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string }
    if (typeof code === 'string' && code.startsWith('SQLITE_CORRUPT'))
      return breakBeside('database-damaged', `database: ${message}`)
    throw error
  }
}

/** All pages, and each index against the rows of its table. */
function wholeness(sqlite: SQLite.Database): AuditBreak | null {
  const said = String(sqlite.pragma('integrity_check(1)', { simple: true }))
  return said === 'ok' ? null : breakBeside(kindOf(said), said)
}

function kindOf(said: string): BreakKind {
  if (/\bfts5\b/i.test(said)) return 'search-differs'
  return /\bindex\b/.test(said) ? 'index-differs' : 'database-damaged'
}

const SHADOWS = ['data', 'idx', 'docsize', 'config']

/**
 * Whether the full-text index has each word of each text, and no other. FTS5 compares it by a command that is an insert:
 * on the record itself that would keep everybody else from writing. It goes to a copy, which is not of the file.
 */
function searchDiffers(sqlite: SQLite.Database): AuditBreak | null {
  const made = sqlite.prepare(`select sql from sqlite_master where name = 'case_search'`).pluck().get() as string
  // What FTS5 keeps its index in is not to be written to otherwise.
  sqlite.unsafeMode(true)
  sqlite.exec(`create temp view looked_texts as select * from main.case_texts;
    ${made.replace(/"?case_search"?/, 'temp.looked').replace(`content='case_texts'`, `content='looked_texts'`)}`)
  for (const shadow of SHADOWS) {
    sqlite.exec(
      `delete from temp.looked_${shadow}; insert into temp.looked_${shadow} select * from main.case_search_${shadow}`,
    )
  }
  try {
    sqlite.exec(`insert into temp.looked (looked, rank) values ('integrity-check', 1)`)
    return null
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'SQLITE_CORRUPT_VTAB') throw error
    return breakBeside('search-differs', 'case_search')
  }
}
