import { type Kysely, type Selectable, sql } from 'kysely'
import type { TimelineEntry } from '../../shared/timeline.ts'
import { findCase, isTold } from './case-detail.ts'
import { beside, contains } from './dialect/words.ts'
import { confidencesOf, labelIn, toFailure } from './rows.ts'
import type { AuditTable, Database, ResultRecord, VerdictRow } from './schema.ts'
import type { Asker } from './types.ts'

/** Entries that are looked at, the newest ones. */
const MOST = 2_000

/** Acts that tell of a verdict in `detail.id`. */
const GIVEN = new Set(['case.reviewed', 'case.amended', 'case.adjudicated'])

/** Acts about its way to a PACS. */
const SENDING = /^case\.sen[dt]/

type Entry = Selectable<AuditTable>

/**
 * What happened to a case, oldest first: its entries of the audit trail, with the rows that they tell of. Exports of
 * batches that it is of, and of all that its patient has, are among them, and of a slice that it became one.
 *
 * @throws GyrusError `case-unknown`
 */
export async function timelineOf(db: Kysely<Database>, id: string, reader: Asker): Promise<TimelineEntry[]> {
  const found = await findCase(db, id)
  const results = await byId(db, 'results', id)
  const verdicts = await byId(db, 'verdicts', id)
  const failures = await byId(db, 'failures', id)
  const readings = await byId(db, 'second_readings', id)
  const standing = { result: found.result_id, verdict: found.verdict_id }
  const verdictOf = (act: string, row: number) => {
    if (act === 'case.second-read') return toVerdict(readings.get(row), { ...standing, verdict: row })
    const verdict = GIVEN.has(act) ? verdicts.get(row) : undefined
    return verdict && isTold(verdict, found, reader) ? toVerdict(verdict, standing) : null
  }
  const entries = (await entriesOf(db, id)).map((entry) => {
    const detail = JSON.parse(entry.detail) as Record<string, unknown>
    const analysed = entry.act.startsWith('case.analysed')
    const failure = entry.act === 'case.failed' ? failures.get(Number(detail.failure)) : undefined
    return {
      sequence: entry.seq,
      at: entry.at,
      actor: entry.actor,
      act: entry.act,
      times: 1,
      result: analysed ? toResult(results.get(Number(detail.result)), standing.result) : null,
      verdict: verdictOf(entry.act, Number(detail.id)),
      failure: failure ? toFailure({ error_code: failure.code, error_details: failure.details }) : null,
      rerun: entry.act === 'case.rerun' ? toRerun(detail) : null,
      series: toSeries(entry.act, detail),
      pacs: SENDING.test(entry.act) ? String(detail.pacs) : null,
    }
  })
  return folded(entries)
}

/** Four searches of an index each: a case has few entries and few batches, and a record few exports of patients. */
async function entriesOf(db: Kysely<Database>, id: string): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    select * from audit where subject = ${id}
    union all
    select * from audit where ${beside(sql`act`)} = 'batch.exported' and subject in
      (select batch_id from batch_files where case_id = ${id})
    union all
    select audit.* from audit join slices on audit.subject = slices.series_id and audit.at = slices.joined_at
      where slices.case_id = ${id} and ${beside(sql`audit.act`)} = 'case.grouped'
    union all
    select * from audit where act = 'patient.exported' and ${contains(sql`detail`, id)}
    order by seq desc limit ${MOST}`.execute(db)
  return rows.toReversed()
}

async function byId<T extends 'results' | 'verdicts' | 'failures' | 'second_readings'>(
  db: Kysely<Database>,
  table: T,
  id: string,
) {
  const { rows } = await sql<Selectable<Database[T]>>`
    select * from ${sql.table(table)} where case_id = ${id}`.execute(db)
  return new Map(rows.map((row) => [(row as { id: number }).id, row]))
}

function toResult(row: ResultRecord | undefined, standing: number | null): TimelineEntry['result'] {
  if (!row) return null
  const { id, model_id: modelId } = row
  const label = labelIn(row.label)
  return { id, modelId, label, confidence: label && confidencesOf(row)[label], superseded: id !== standing }
}

function toVerdict(
  row: Pick<VerdictRow, 'id' | 'result_id' | 'verdict' | 'label' | 'comment'> | undefined,
  standing: { result: number | null; verdict: number | null },
): TimelineEntry['verdict'] {
  if (!row) return null
  const { verdict, label, comment } = row
  const superseded = row.id !== standing.verdict
  return { verdict, label, comment, superseded, onEarlierResult: row.result_id !== standing.result }
}

const toRerun = ({ same, differs }: Record<string, unknown>): TimelineEntry['rerun'] => ({
  same: same === true,
  differs: Array.isArray(differs) ? differs.map(String) : [],
})

/** `detail.series` stands with answers of series only, `detail.frames` with those of files of several frames. */
function toSeries(act: string, detail: Record<string, unknown>): TimelineEntry['series'] {
  if (act === 'case.grouped') return { slices: Number(detail.slices), counted: null }
  if (!act.startsWith('case.analysed')) return null
  const series = detail.series as { slices: number; counted: number } | undefined
  const frames = detail.frames as { frames: number; counted: number } | undefined
  if (series) return { slices: series.slices, counted: series.counted }
  return frames ? { slices: frames.frames, counted: frames.counted } : null
}

/**
 * Who opens a case again and again is told once; so are the slices of a series, which come on record in several entries while
 * they come in. The trail keeps each.
 */
function folded(entries: TimelineEntry[]): TimelineEntry[] {
  const folds: TimelineEntry[] = []
  for (const entry of entries) {
    const last = folds.at(-1)
    const again = last?.act === entry.act && last.actor === entry.actor
    if (again && (entry.act === 'case.opened' || entry.act === 'case.seen')) last.times += 1
    else if (again && last.series && entry.series && entry.act === 'case.grouped')
      last.series = { ...last.series, slices: last.series.slices + entry.series.slices }
    else folds.push(entry)
  }
  return folds
}
