import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import { saysOf } from '../../shared/reading.ts'
import { acquisitionIn } from './dicom.ts'
import type { AnswerPage, AnswerPlace, UnjudgedSeries, UsedAnswer } from './monitoring-types.ts'
import { labelIn, setIn } from './rows.ts'
import type { Database, ResultRecord } from './schema.ts'

type Picked = Pick<
  ResultRecord,
  | 'id'
  | 'case_id'
  | 'model_id'
  | 'label'
  | 'gate'
  | 'answer_set'
  | 'p_glioma'
  | 'p_meningioma'
  | 'p_notumor'
  | 'p_pituitary'
  | 'inference_ms'
  | 'created_at'
>
const PICKED = [
  ...(['id', 'case_id', 'model_id', 'label', 'gate', 'answer_set', 'inference_ms', 'created_at'] as const),
  ...(['p_glioma', 'p_meningioma', 'p_notumor', 'p_pituitary'] as const),
] as const

/** Answers of a span of time: a page of an index is read, and then what belongs to its rows. */
export const answersBetween = (
  db: Kysely<Database>,
  { from, until }: { from: string; until: string },
  after: AnswerPlace | null,
  limit: number,
): Promise<AnswerPage> => pageOf(betweenQuery(db, { from, until }, after, limit).execute(), limit)

/** The answers of a model, oldest first, in the same way. */
export const answersOf = (
  db: Kysely<Database>,
  modelId: string,
  after: AnswerPlace | null,
  limit: number,
): Promise<AnswerPage> => pageOf(modelQuery(db, modelId, after, limit).execute(), limit)

export async function firstMeasured(db: Kysely<Database>): Promise<number | null> {
  const row = await db
    .selectFrom('input_statistics')
    .select((eb) => eb.fn.min('result_id').as('id'))
    .executeTakeFirst()
  return row?.id ?? null
}

export async function firstWithDistance(db: Kysely<Database>, modelId: string): Promise<number | null> {
  const row = await distanceQuery(db, modelId).executeTakeFirst()
  return row?.id ?? null
}

/** A cross join is walked from its left side: the pictures that have a distance, which are few where a model has none. */
export const distanceQuery = (db: Kysely<Database>, modelId: string) =>
  db
    .selectFrom('input_statistics as i')
    .crossJoin('results as r')
    .whereRef('r.id', '=', 'i.result_id')
    .where('i.distance', 'is not', null)
    .where('r.model_id', '=', modelId)
    .select('i.result_id as id')
    .orderBy('i.result_id')
    .limit(1)

export async function answerTimes(db: Kysely<Database>, caseIds: string[]): Promise<string[]> {
  const results = db.selectFrom('results').where('case_id', 'in', caseIds).select('created_at')
  const failures = db.selectFrom('failures').where('case_id', 'in', caseIds).select('created_at')
  const rows = await results.unionAll(failures).execute()
  return rows.map(({ created_at }) => created_at)
}

/** By when it came out; the model is that of the newest slice. */
export async function unjudgedSeries(
  db: Kysely<Database>,
  { from, until }: { from: string; until: string },
): Promise<UnjudgedSeries[]> {
  const { rows } = await sql<Omit<UnjudgedSeries, 'scanner' | 'sequence'> & { facts: string | null }>`
    select failed.at, c.source, d.facts,
      (select r.model_id from slices as s join cases as k on k.id = s.case_id join results as r on r.id = k.result_id
        where s.series_id = c.id order by r.id desc limit 1) as "modelId"
    from cases as c
    join (select case_id, max(created_at) as at from failures group by case_id) as failed on failed.case_id = c.id
    left join case_dicom as d on d.case_id = c.id
    where c.error_code = 'series-not-judged' and failed.at >= ${from} and failed.at < ${until}
    order by failed.at`.execute(db)
  return rows.map(({ at, source, facts, modelId }) => ({ at, source, modelId, ...acquisitionIn(facts) }))
}

export function betweenQuery(
  db: Kysely<Database>,
  { from, until }: { from: string; until: string },
  after: AnswerPlace | null,
  limit: number,
) {
  const span = db
    .selectFrom('results')
    .select(PICKED)
    .where('created_at', '>=', after?.at ?? from)
    .where('created_at', '<', until)
    .$if(after !== null, (query) =>
      query.where((eb) => eb.or([eb('created_at', '>', after?.at ?? ''), eb('id', '>', after?.id ?? 0)])),
    )
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
  return withCases(db, span)
}

export function modelQuery(db: Kysely<Database>, modelId: string, after: AnswerPlace | null, limit: number) {
  const own = db
    .selectFrom('results')
    .select(PICKED)
    .where('model_id', '=', modelId)
    .where('id', '>', after?.id ?? 0)
    .orderBy('id')
    .limit(limit)
  return withCases(db, own)
}

/** Left joins: the page leads, whatever else there is an index for. */
const withCases = (db: Kysely<Database>, page: SelectQueryBuilder<Database, 'results', Picked>) =>
  db
    .selectFrom(page.as('r'))
    .leftJoin('cases as c', 'c.id', 'r.case_id')
    .leftJoin('scans as s', 's.sha256', 'c.scan_sha256')
    .leftJoin('verdicts as v', 'v.id', 'c.verdict_id')
    .leftJoin('input_statistics as i', 'i.result_id', 'r.id')
    .leftJoin('case_dicom as d', 'd.case_id', 'r.case_id')
    .leftJoin('slices as slice', 'slice.case_id', 'r.case_id')
    .select(PICKED.map((column) => `r.${column}` as const))
    .select('slice.listed')
    .select(['c.source', 'c.state', 'c.second', 'c.result_id', 's.width', 's.height', 'd.facts'])
    .select(['i.brightness', 'i.contrast', 'i.sharpness', 'i.noise', 'i.head', 'i.distance'])
    .select(['v.reader', 'v.verdict', 'v.label as said', 'v.result_id as judged'])

type Row = Awaited<ReturnType<ReturnType<typeof withCases>['execute']>>[number]

async function pageOf(reading: Promise<Row[]>, limit: number): Promise<AnswerPage> {
  const rows = (await reading).sort((a, b) => (a.created_at === b.created_at ? a.id - b.id : before(a, b)))
  const last = rows.at(-1)
  const next = rows.length < limit || !last ? null : { at: last.created_at, id: last.id }
  return { answers: rows.filter(stands).map(toAnswer), next }
}

const before = (a: Row, b: Row) => (a.created_at < b.created_at ? -1 : 1)

/**
 * A case is one case, however many models answered it: the answer that stands, which is also what is signed. A slice is
 * read as part of its series, which is a case. An edited picture is an experiment, and none.
 */
const stands = (row: Row) => row.id === row.result_id && row.listed !== 0 && row.source !== 'edited'

/** Two who differ are no truth, and neither is one whose second reader is still to come. */
const WAITS: Row['second'][] = ['marked', 'open', 'disputed']

function toAnswer(row: Row): UsedAnswer {
  const { reader, verdict, said, width, height } = row
  const known =
    row.state === 'signed' &&
    row.judged === row.id &&
    verdict !== null &&
    reader !== null &&
    !WAITS.includes(row.second)
  const label = labelIn(row.label)
  const says = known ? saysOf(verdict, said, label) : 'cannot-tell'
  return {
    ...{ id: row.id, at: row.created_at, modelId: row.model_id, label, inferenceMs: row.inference_ms },
    source: row.source ?? 'file',
    ...acquisitionIn(row.facts),
    confidences: {
      ...{ glioma: row.p_glioma, meningioma: row.p_meningioma },
      ...{ notumor: row.p_notumor, pituitary: row.p_pituitary },
    },
    cautioned: row.gate === 'borderline' || setIn(row)?.length === 0,
    side: width === null || height === null ? null : Math.max(width, height),
    statistics: statisticsIn(row),
    distance: row.distance,
    signed: known ? { reader, truth: says === 'cannot-tell' ? null : says } : null,
  }
}

function statisticsIn({ brightness, contrast, sharpness, noise, head }: Row): UsedAnswer['statistics'] {
  if (brightness === null || contrast === null || sharpness === null || noise === null || head === null) return null
  return { brightness, contrast, sharpness, noise, head }
}
