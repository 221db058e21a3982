import { spawnSync } from 'node:child_process'
import { basename, join } from 'node:path'
import type SQLite from 'better-sqlite3'
import { type DatabaseKey, openSqlite } from '../../src/main/store/sqlite.ts'
import type { AppRound } from './app.ts'
import { wrongInBatches } from './check-batches.ts'
import type { Acknowledged } from './process.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

/** Each result of the record, as text, by its id. */
export type Results = Map<number, string>

interface Row {
  id: number
  case_id: string
  path: string
  [confidence: `p_${string}`]: number
}

/**
 * What is wrong with the record after a kill; empty where nothing is. The database is sound, no case has two results of
 * one model, what was there before is there unchanged, and so is what was acknowledged; each file of a batch is there, and in one
 * case; the audit trail verifies.
 */
export function check(
  { dataDir, images, key }: { dataDir: string; images: string; key: DatabaseKey },
  before: Results,
  { acknowledged, uploaded }: AppRound,
): { wrong: string[]; now: Results } {
  const wrong: string[] = []
  const sqlite = openSqlite(join(dataDir, 'gyrus.sqlite'), { readonly: true }, key)
  try {
    const sound = sqlite.pragma('integrity_check', { simple: true })
    if (sound !== 'ok') wrong.push(`database: ${sound}`)
    if (!hasTables(sqlite)) {
      // Killed before its first migration, there is nothing on record yet.
      const lost = before.size + acknowledged.length + uploaded.length
      return {
        wrong: lost > 0 ? [...wrong, `all tables were lost, with ${lost} results and files`] : wrong,
        now: new Map(),
      }
    }
    const rows = sqlite.prepare('select * from results order by id').all() as Row[]
    const now: Results = new Map(rows.map((row) => [row.id, JSON.stringify(row)]))
    for (const [id, row] of before) if (now.get(id) !== row) wrong.push(`result ${id} was lost or changed`)
    const cases = new Set(rows.map((row) => row.case_id))
    if (cases.size !== rows.length) wrong.push(`${rows.length - cases.size} results are there twice`)
    wrong.push(...missing(sqlite, acknowledged), ...wrongInBatches(sqlite, images, uploaded))
    const verified = spawnSync(process.execPath, [MAIN, 'audit', 'verify', '--json', '--data-dir', dataDir], {
      encoding: 'utf8',
    })
    if (verified.status !== 0) wrong.push(`audit verify: ${verified.stdout || verified.stderr}`)
    return { wrong, now }
  } finally {
    sqlite.close()
  }
}

const hasTables = (sqlite: SQLite.Database) =>
  sqlite.prepare(`select 1 from sqlite_master where name = 'results'`).get() !== undefined

/** Acknowledged results that are not on record. */
function missing(sqlite: SQLite.Database, acknowledged: Acknowledged[]): string[] {
  const rows = sqlite
    .prepare(`select results.*, cases.file_name as path from results join cases on cases.id = results.case_id`)
    .all() as Row[]
  const byName = Map.groupBy(rows, ({ path }) => path)
  return acknowledged.flatMap(({ file, confidences }) => {
    const same = (row: Row) => Object.entries(confidences).every(([label, p]) => row[`p_${label}`] === p)
    return byName.get(basename(file))?.some(same) ? [] : [`the acknowledged result of ${file} is not on record`]
  })
}
