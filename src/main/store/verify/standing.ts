import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { AuditBreak } from '../../../shared/audit.ts'
import { saysOf } from '../../../shared/reading.ts'
import { beside } from '../dialect/words.ts'
import { labelIn } from '../rows.ts'
import type { AuditTable, CaseRecord, Database, SecondReadingRow } from '../schema.ts'
import { secondStateOf, verdictCopies } from '../second-state.ts'
import type { VerifyFollowing } from '../types.ts'
import { breakAt, breakBeside } from './break.ts'
import { CHUNK, walk } from './following.ts'

/** The state that an act leaves a case in. */
const STATE: Record<string, CaseRecord['state']> = {
  'case.listed': 'listed',
  'case.queued': 'received',
  'case.received': 'received',
  'case.copied': 'received',
  'case.retried': 'received',
  'case.analysed': 'analysed',
  'case.reviewed': 'reviewed',
  'case.signed': 'signed',
  'case.amended': 'signed',
  'case.adjudicated': 'signed',
  'case.failed': 'failed',
}

type Entry = Selectable<AuditTable>
type Standing = Omit<CaseRecord, 'id' | 'scan_sha256' | `received_${string}` | 'source' | 'file_name' | Patient | Order>
/** Worked out of what is checked here (kept.ts). */
type Order = 'urgency' | 'waited'
type Patient = 'patient_name' | 'patient_id' | 'study_date' | 'description'

/**
 * What stands on the cases as copies (state, result, verdict, failure) is what the append-only rows and the chain come
 * to. Ends at the first case where it is not.
 */
export async function checkStanding(db: Kysely<Database>, following: VerifyFollowing): Promise<AuditBreak | null> {
  const total = await countCases(db)
  return walk(db, following, { stage: 'cases', total }, checkChunk)
}

async function countCases(db: Kysely<Database>): Promise<number> {
  const { n } = await db
    .selectFrom('cases')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

/** In the order of the row ids, which reads the rows themselves and not what an index says of them. */
async function checkChunk(trx: Transaction<Database>, after: number) {
  const { rows: cases } = await sql<CaseRecord & { place: number }>`
    select rowid as place, * from cases where rowid > ${after} order by rowid limit ${CHUNK}`.execute(trx)
  const ids = cases.map(({ id }) => id)
  if (ids.length === 0) return { broken: null, last: undefined, n: 0 }
  const results = newest(await trx.selectFrom('results').selectAll().where('case_id', 'in', ids).execute())
  const verdicts = newest(await trx.selectFrom('verdicts').selectAll().where('case_id', 'in', ids).execute())
  const failures = newest(await trx.selectFrom('failures').selectAll().where('case_id', 'in', ids).execute())
  const seconds = await secondsOf(trx, ids)
  const entries = await entriesOf(trx, ids)
  const joined = await joinedAmong(trx, ids)
  for (const one of cases) {
    const told = entries.get(one.id) ?? []
    const standingRows = { result: results.get(one.id), verdict: verdicts.get(one.id), failure: failures.get(one.id) }
    const { standing, by } = standingOf(told, standingRows, seconds.get(one.id))
    // One that failed is on the list again, to be tried again or removed.
    if (standing && standing.state !== 'failed') standing.dismissed_at ??= joined.get(one.id) ?? null
    if (isSame(one, standing)) continue
    const what = `cases/${one.id}`
    return { broken: by ? breakAt('row-altered', by, what) : breakBeside('row-extra', what), last: one.place, n: 0 }
  }
  return { broken: null, last: cases.at(-1)?.place, n: ids.length }
}

/** By case, the row that was added last. */
function newest<T extends { id: number; case_id: string }>(rows: T[]): Map<string, T> {
  const found = new Map<string, T>()
  for (const row of rows) if (row.id > (found.get(row.case_id)?.id ?? 0)) found.set(row.case_id, row)
  return found
}

async function entriesOf(trx: Transaction<Database>, ids: string[]): Promise<Map<string, Entry[]>> {
  const acts = [...Object.keys(STATE), 'case.dismissed']
  const entries = await trx
    .selectFrom('audit')
    .selectAll()
    .where('subject', 'in', ids)
    // By the cases, never by the acts, each of which a third of all entries has.
    .where(sql<boolean>`${beside(sql`act`)} in (${sql.join(acts)})`)
    .execute()
  return Map.groupBy(
    entries.toSorted((a, b) => a.seq - b.seq),
    ({ subject }) => subject,
  )
}

/** When slices left the lists for their series; those that stayed on them are not among them. */
async function joinedAmong(trx: Transaction<Database>, ids: string[]): Promise<Map<string, string>> {
  const rows = await trx
    .selectFrom('slices')
    .where('case_id', 'in', ids)
    .where('listed', '=', 0)
    .select(['case_id', 'joined_at'])
    .execute()
  return new Map(rows.map((row) => [row.case_id, row.joined_at]))
}

interface StandingRows {
  result: Selectable<Database['results']> | undefined
  verdict: Selectable<Database['verdicts']> | undefined
  failure: Selectable<Database['failures']> | undefined
}

/** What a marked case has beside its verdicts. */
interface SecondRows {
  reading: SecondReadingRow | undefined
  adjudicated: boolean
  erased: boolean
}

/** Of the cases that are marked for a second reader. */
async function secondsOf(trx: Transaction<Database>, ids: string[]): Promise<Map<string, SecondRows>> {
  const marks = await trx.selectFrom('second_marks').where('case_id', 'in', ids).select('case_id').execute()
  if (marks.length === 0) return new Map()
  const readings = await trx.selectFrom('second_readings').where('case_id', 'in', ids).selectAll().execute()
  const decided = await trx.selectFrom('adjudications').where('case_id', 'in', ids).select('case_id').execute()
  const erased = await trx.selectFrom('erasures').where('case_id', 'in', ids).select('case_id').execute()
  const isAmong = (rows: { case_id: string }[], id: string) => rows.some(({ case_id }) => case_id === id)
  return new Map(
    marks.map(({ case_id: id }) => [
      id,
      {
        reading: readings.find(({ case_id }) => case_id === id),
        adjudicated: isAmong(decided, id),
        erased: isAmong(erased, id),
      },
    ]),
  )
}

function standingOf(
  entries: Entry[],
  { result, verdict, failure }: StandingRows,
  marked: SecondRows | undefined,
): { standing: Standing | null; by: Entry | undefined } {
  const last = entries.findLast(({ act }) => Object.hasOwn(STATE, act))
  const state = last && STATE[last.act]
  if (!state) return { standing: null, by: last }
  const failed = state === 'failed' ? failure : undefined
  const ai = labelIn(result?.label ?? null)
  const { reading, ...facts } = marked ?? { reading: undefined, adjudicated: false, erased: false }
  // Two read the same result: none comes to a signed case any more.
  const said = (one: Pick<SecondReadingRow, 'verdict' | 'label'> | undefined) =>
    one ? saysOf(one.verdict, one.label, ai) : null
  const second = marked
    ? secondStateOf({ ...facts, signed: state === 'signed', first: said(verdict), second: said(reading) })
    : ''
  const standing: Standing = {
    state,
    error_code: failed?.code ?? null,
    error_details: failed?.details ?? null,
    result_id: result?.id ?? null,
    label: result?.label ?? '',
    confidence: result && ai ? result[`p_${ai}`] : -1,
    model_id: result?.model_id ?? '',
    verdict_id: verdict?.id ?? null,
    ...verdictCopies(verdict, second),
    reader: verdict?.reader ?? '',
    dismissed_at: entries.findLast(({ act }) => act === 'case.dismissed')?.at ?? null,
    second,
  }
  return { standing, by: entries.at(-1) }
}

const isSame = (row: CaseRecord, standing: Standing | null): boolean =>
  standing !== null &&
  (Object.keys(standing) as (keyof Standing)[]).every((column) => Object.is(row[column], standing[column]))
