import type { Kysely } from 'kysely'
import { dicomFactsSchema } from '../../shared/dicom.ts'
import type { InputStatistics } from '../../shared/input-statistics.ts'
import { confidencesOf, gateIn, labelIn, setIn } from './rows.ts'
import type { Database, ResultRecord } from './schema.ts'
import type { SeriesKey, SeriesMember, StackAnswer } from './series-types.ts'

/**
 * Cases of one image each that are of a series, by their ids; of those that failed only its slices. Those of a series that takes no more slices (it
 * was signed, erased, or removed from the list) are left out: what comes again begins anew.
 */
export async function seriesMembers(db: Kysely<Database>, key: SeriesKey): Promise<SeriesMember[]> {
  const rows = await ofSeries(db)
    .where('d.series_uid', '=', key.seriesUid)
    .where('d.study_uid', '=', key.studyUid)
    .where('c.patient_id', '=', key.patientId)
    .orderBy('c.id')
    .execute()
  const members = rows.flatMap((row): SeriesMember[] => {
    const taken = row.series_id !== null && row.series_state === 'signed'
    const gone = row.series_id !== null && row.series_dismissed !== null
    const left = row.series_id === null && (row.dismissed_at !== null || row.state === 'failed')
    return taken || gone || left ? [] : [toMember(row)]
  })
  return members.filter(({ facts }) => facts.frames === 1)
}

const ofSeries = (db: Kysely<Database>) =>
  db
    .selectFrom('case_dicom as d')
    .innerJoin('cases as c', 'c.id', 'd.case_id')
    .leftJoin('results as r', 'r.id', 'c.result_id')
    .leftJoin('input_statistics as i', 'i.result_id', 'r.id')
    .leftJoin('slices as s', 's.case_id', 'c.id')
    .leftJoin('cases as whole', 'whole.id', 's.series_id')
    // A series is no slice.
    .where('d.case_id', 'not in', (eb) => eb.selectFrom('series').select('case_id'))
    .where('d.facts', '!=', '')
    .selectAll('r')
    .select(['c.id as case_id', 'c.scan_sha256', 'c.received_at', 'c.received_by', 'c.source', 'c.state'])
    .select(['c.dismissed_at', 'd.facts', 's.series_id', 'whole.state as series_state'])
    .select('whole.dismissed_at as series_dismissed')
    .select(['i.brightness', 'i.contrast', 'i.sharpness', 'i.noise', 'i.head', 'i.distance'])

type Row = Awaited<ReturnType<ReturnType<typeof ofSeries>['execute']>>[number]

function toMember(row: Row): SeriesMember {
  const answer = answerIn(row)
  return {
    caseId: row.case_id,
    sha256: row.scan_sha256 ?? '',
    receivedAt: row.received_at,
    receivedBy: row.received_by,
    source: row.source,
    state: row.state,
    facts: dicomFactsSchema.parse(JSON.parse(row.facts)),
    answer,
    ...(answer === null && { none: row.state === 'failed' ? 'unread' : 'waiting' }),
    seriesId: row.series_id,
    seriesState: row.series_state,
  }
}

/** All columns of a result are there, or none is. */
function answerIn(row: Row): StackAnswer | null {
  if (row.model_id === null) return null
  const { brightness, contrast, sharpness, noise, head } = row
  const result = row as Row & ResultRecord
  const measured = brightness === null ? null : ({ brightness, contrast, sharpness, noise, head } as InputStatistics)
  return {
    modelId: result.model_id,
    weightsSha256: result.weights_sha256,
    preprocessingVersion: result.preprocessing_version,
    engine: result.engine,
    label: labelIn(result.label),
    confidences: confidencesOf(result),
    decodeMs: result.decode_ms,
    preprocessMs: result.preprocess_ms,
    inferenceMs: result.inference_ms,
    statistics: measured,
    distance: row.distance,
    gate: gateIn(result),
    set: setIn(result),
  }
}

/** The series that a case's file is of, by what it says; null where it says nothing. Of a series, its own. */
export async function seriesKeyOf(db: Kysely<Database>, caseId: string): Promise<SeriesKey | null> {
  const row = await keys(db).where('d.case_id', '=', caseId).executeTakeFirst()
  return row ?? null
}

/** How many cases a start looks back on: what a kill left over is among the newest. */
const NEWEST = 5_000

/**
 * Series among the newest cases of which two or more slices are on the lists one by one; with them those that an earlier
 * Gyrus called failed, because the model does not judge them, and those whose slices were still coming.
 */
export async function ungroupedSeries(db: Kysely<Database>): Promise<SeriesKey[]> {
  const newest = db
    .selectFrom('cases')
    .where('dismissed_at', 'is', null)
    .select('id')
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(NEWEST)
  const left = await keys(db)
    .where('d.case_id', 'in', newest)
    .where('d.case_id', 'not in', (eb) => eb.selectFrom('series').select('case_id'))
    .where('d.case_id', 'not in', (eb) => eb.selectFrom('slices').select('case_id'))
    .where('c.state', 'in', ['listed', 'received', 'analysed'])
    .groupBy(['d.study_uid', 'd.series_uid', 'c.patient_id'])
    .having((eb) => eb.fn.countAll<number>(), '>', 1)
    .execute()
  const unjudged = await keys(db)
    .where('c.error_code', '=', 'series-not-judged')
    .where('c.dismissed_at', 'is', null)
    .execute()
  const coming = await keys(db)
    .where('c.state', '=', 'received')
    .where('d.case_id', 'in', (eb) => eb.selectFrom('series').select('case_id'))
    .execute()
  return [...left, ...unjudged, ...coming]
}

const keys = (db: Kysely<Database>) =>
  db
    .selectFrom('case_dicom as d')
    .innerJoin('cases as c', 'c.id', 'd.case_id')
    .where('d.series_uid', '!=', '')
    .select(['d.study_uid as studyUid', 'd.series_uid as seriesUid', 'c.patient_id as patientId'])
