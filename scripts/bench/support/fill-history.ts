import SQLite from 'better-sqlite3'
import { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { StoreDialect } from '../../../src/main/store/dialect/sqlite.ts'
import { openStore } from '../../../src/main/store/index.ts'
import { MIGRATIONS } from '../../../src/main/store/migrations/index.ts'

/** The last migration before the indexes, counts and texts of long lists: what they cost at once is seen behind it. */
const BEFORE = '0009-signatures'

const NAMES = ['Müller', 'García', 'Nowak', 'Jansen', 'Rossi', 'Novák', 'Øster', 'Ferreira', 'Kowalski', 'Lindqvist']
const FIRST = ['Anna', 'José', 'Piotr', 'Maria', 'Élise', 'Jan', 'Sofia', 'Luca', 'Zoë', 'Karl']
const READERS = ['Dr Adler', 'Dr Brandt', 'Dr Costa', 'Dr Dvorak', 'Dr Ekström']
const COMMENTS = ['dural tail, no change to last year', 'follow-up in three months', 'artefact at the skull base']

export const SAMPLE = { batch: '01890000-0000-7000-8000-00000000beef', batchFiles: 5_000 }

interface Filling {
  /** Of the one batch, which has the first cases. */
  batchFiles?: number
  /** Puts in what else is to be there, before the indexes are made. */
  more?: (sqlite: SQLite.Database) => void
}

/**
 * Fills a new record with cases as a busy department has them after some years.
 *
 * @returns seconds of the migrations that make them
 */
export async function fillHistory(
  file: string,
  cases: number,
  { batchFiles = SAMPLE.batchFiles, more = insertComments }: Filling = {},
): Promise<number> {
  const sqlite = new SQLite(file)
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = OFF')
  const db = new Kysely<unknown>({ dialect: new StoreDialect(sqlite) })
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } }).migrateTo(BEFORE)
  if (error) throw error
  sqlite.pragma('foreign_keys = OFF')
  // Without indexes a million rows are written within a minute.
  const indexes = sqlite.prepare(`select name from sqlite_master where type = 'index' and name like 'cases_by_%'`)
  for (const name of indexes.pluck().all()) sqlite.exec(`drop index ${name}`)
  sqlite.exec('begin')
  insertCases(sqlite, cases)
  insertBatch(sqlite, batchFiles)
  more(sqlite)
  sqlite.exec('commit')
  await db.destroy()
  const before = performance.now()
  await (await openStore(file)).close()
  return (performance.now() - before) / 1000
}

/** An element of a list, chosen by a number that the row gives. */
const pick = (values: string[], by: string) =>
  `case (${by}) % ${values.length} ${values.map((value, index) => `when ${index} then '${value}'`).join(' ')} end`

/** One every 100 s; the newest hundredth is not read yet, one in 200 failed. Numbers that look random are hashes of n. */
function insertCases(sqlite: SQLite.Database, cases: number): void {
  const start = Date.UTC(2023, 0, 1)
  const mixed = '(n * 2654435761 % 4294967296)'
  const patient = `(${mixed} % ${Math.max(1, Math.round(cases / 8))})`
  const state = `case when ${mixed} % 200 = 0 then 'failed' when n > ${cases * 0.99} then 'analysed' else 'reviewed' end`
  sqlite.exec(`
    insert into cases (id, scan_sha256, received_at, received_by, source, file_name, patient_name, patient_id, study_date,
      description, state, error_code, label, confidence, model_id, verdict, verdict_label, reader)
    with recursive one(n) as (select 1 union all select n + 1 from one where n < ${cases}),
    row as (select n, ${mixed} as m, ${patient} as p, ${start} + n * 100000 as ms, ${state} as state from one)
    select substr(printf('%012x', ms), 1, 8) || '-' || substr(printf('%012x', ms), 9) || printf('-7000-8000-%012x', n),
      printf('%08x%056x', m, n), strftime('%Y-%m-%dT%H:%M:%S.000Z', ms / 1000, 'unixepoch'),
      ${pick(READERS, 'm / 7')}, case when m % 5 = 0 then 'command-line' else 'file' end,
      printf('slice-%07d.png', n), ${pick(NAMES, 'p')} || '^' || ${pick(FIRST, 'p / 10')} || p, printf('P%07d', p),
      date(ms / 1000, 'unixepoch'), ${pick(['T1 ax post', 'T1 cor c+', 'T2 ax', 'FLAIR'], 'm / 3')}, state,
      case when state = 'failed' then 'image-corrupt' end,
      case when state = 'failed' then '' else ${pick(['glioma', 'meningioma', 'notumor', 'pituitary'], 'm / 11')} end,
      case when state = 'failed' then -1 else 0.4 + (m % 600) / 1000.0 end,
      case when state = 'failed' then '' else ${pick(['efl0-1', 'efl0-2', 'efl0-2'], `n / ${Math.ceil(cases / 3)}`)} end,
      case when state = 'reviewed' then ${pick(['agree', 'agree', 'agree', 'disagree', 'cannot-tell'], 'm / 13')} else '' end,
      '', case when state = 'reviewed' then ${pick(READERS, 'm / 17')} else '' end
    from row`)
}

function insertComments(sqlite: SQLite.Database): void {
  sqlite.exec(`
    insert into verdicts (case_id, result_id, reader, verdict, comment, created_at)
    select id, 1, reader, 'agree', ${pick(COMMENTS, 'rowid / 20')}, received_at from cases
    where rowid % 20 = 0 and state = 'reviewed'`)
}

function insertBatch(sqlite: SQLite.Database, files: number): void {
  sqlite.exec(`
    insert into batches (id, name, origin, options, state, created_at, created_by, changed_at)
    values ('${SAMPLE.batch}', 'scans', 'folder', '{}', 'completed', '2024-01-01', 'Dr Adler', '2024-01-01');
    insert into batch_files (batch_id, seq, root, path, state, case_id, label, confidence, calm)
    select '${SAMPLE.batch}', rowid, 0, '/scans/' || file_name, state, id, label, confidence,
      iif(label = '', 2, iif(label = 'notumor', confidence, 1 - confidence)) from cases limit ${files}`)
}
