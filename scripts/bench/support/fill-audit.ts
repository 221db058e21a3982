import SQLite from 'better-sqlite3'
import { type BoundKind, bind } from '../../../src/main/store/audit/bindings.ts'
import { entryHash, GENESIS } from '../../../src/main/store/audit.ts'
import { calmOf } from '../../../src/shared/attention.ts'
import { canonicalJson } from '../../../src/shared/canonical-json.ts'
import type { Confidences } from '../../../src/shared/labels.ts'
import { fillHistory } from './fill-history.ts'

/** Entries that a case has on the average: received, analysed or failed, and most of them a verdict. */
export const ENTRIES_A_CASE = 2.985

type Row = Record<string, unknown>

/** A record as `fillHistory` makes it, with all that its audit trail needs to be sound. @returns the number of entries */
export async function fillAudit(file: string, cases: number): Promise<number> {
  await fillHistory(file, cases, { more: insertRows })
  // Entries bind the columns that later migrations add, too.
  const sqlite = new SQLite(file)
  try {
    sqlite.pragma('synchronous = OFF')
    return sqlite.transaction(() => insertTrail(sqlite))()
  } finally {
    sqlite.close()
  }
}

/** Scans, answers, verdicts and failures of the cases, and what stands on the cases of them. */
export function insertRows(sqlite: SQLite.Database): void {
  const p = (label: string) => `case when label = '${label}' then confidence else (1 - confidence) / 3 end`
  sqlite.function('calm_of', { deterministic: true }, (glioma, meningioma, notumor, pituitary) =>
    calmOf({ glioma, meningioma, notumor, pituitary } as Confidences),
  )
  sqlite.exec(`
    insert into scans (sha256, bytes, format, width, height, stored_at)
      select scan_sha256, 40000 + rowid % 9000, iif(label = '', null, 'png'), iif(label = '', null, 512),
        iif(label = '', null, 512), received_at from cases;
    insert into results (case_id, model_id, weights_sha256, preprocessing_version, engine, label,
      p_glioma, p_meningioma, p_notumor, p_pituitary, decode_ms, preprocess_ms, inference_ms, created_at)
      select id, model_id, '${'b'.repeat(64)}', '2', 'onnxruntime-node 1.30.0 cpu', label,
        ${['glioma', 'meningioma', 'notumor', 'pituitary'].map(p).join(', ')}, 2.5, 0.7, 5.25, received_at
      from cases where label != '' order by rowid;
    insert into failures (case_id, code, created_at)
      select id, error_code, received_at from cases where state = 'failed' order by rowid;
    update cases set result_id = (select r.id from results as r where r.case_id = cases.id) where label != '';
    insert into verdicts (case_id, result_id, reader, verdict, comment, created_at)
      select id, result_id, reader, verdict, iif(rowid % 20 = 0, 'follow-up in three months', ''), received_at
      from cases where verdict != '' order by rowid;
    update cases set verdict_id = (select v.id from verdicts as v where v.case_id = cases.id) where verdict != '';
    update batch_files set calm = (select calm_of(p_glioma, p_meningioma, p_notumor, p_pituitary)
      from results where results.case_id = batch_files.case_id) where label != ''`)
}

/** Entries of every case in turn, each binding its rows as the store does. */
function insertTrail(sqlite: SQLite.Database): number {
  const cases = sqlite.prepare('select rowid as place, * from cases where rowid > ? order by rowid limit 1000')
  const rowOf = (table: string, key: string) => sqlite.prepare(`select * from ${table} where ${key} = ?`)
  const scan = rowOf('scans', 'sha256')
  const result = rowOf('results', 'id')
  const verdict = rowOf('verdicts', 'id')
  const failure = rowOf('failures', 'case_id')
  const trail = new Trail(sqlite)
  for (const batch of sqlite.prepare('select *, created_at as received_at from batches').all() as Row[])
    trail.add(batch, String(batch.created_by), 'batch.created', { batches: batch })
  for (let after = 0; ; ) {
    const rows = cases.all(after) as Row[]
    const last = rows.at(-1)
    if (!last) return trail.entries
    for (const row of rows) {
      const of = scan.get(row.scan_sha256) as Row
      trail.add(row, String(row.received_by), 'case.received', { scans: of, cases: row })
      if (row.result_id === null) trail.add(row, 'gyrus', 'case.failed', { failures: failure.get(row.id) as Row })
      else trail.add(row, 'gyrus', 'case.analysed', { results: result.get(row.result_id) as Row, scan_images: of })
      if (row.verdict_id !== null)
        trail.add(row, String(row.reader), 'case.reviewed', { verdicts: verdict.get(row.verdict_id) as Row })
    }
    after = Number(last.place)
  }
}

class Trail {
  entries = 0
  #previous = GENESIS
  readonly #entry: SQLite.Statement
  readonly #binding: SQLite.Statement

  constructor(sqlite: SQLite.Database) {
    const { n, hash } = sqlite
      .prepare(
        `select coalesce(max(seq), 0) as n, (select hash from audit order by seq desc limit 1) as hash from audit`,
      )
      .get() as { n: number; hash: string | null }
    this.entries = n
    this.#previous = hash ?? GENESIS
    this.#entry = sqlite.prepare(`insert into audit (seq, at, actor, act, subject, detail, previous_hash, hash)
      values (@seq, @at, @actor, @act, @subject, @detail, @previous_hash, @hash)`)
    this.#binding = sqlite.prepare('insert into audit_bindings values (@kind, @key, @salt, @seq)')
  }

  add(of: Row, actor: string, act: string, rows: Partial<Record<BoundKind, Row>>): void {
    const seq = ++this.entries
    const bounds = Object.entries(rows).map(([kind, row]) => ({ kind: kind as BoundKind, row }))
    const { digests, bindings } = bind(bounds, seq)
    const detail = canonicalJson({ binds: digests, model: String(of.model_id), source: String(of.source) })
    const told = { seq, at: String(of.received_at), actor, act, subject: String(of.id), detail }
    const entry = { ...told, previous_hash: this.#previous }
    this.#previous = entryHash(entry)
    this.#entry.run({ ...entry, hash: this.#previous })
    for (const binding of bindings) this.#binding.run(binding)
  }
}
