import { type Kysely, sql, type Transaction } from 'kysely'
import type { CaseState } from '../../shared/cases.ts'
import { timeNow } from '../../shared/clock.ts'
import { type Called, LABELS } from '../../shared/labels.ts'
import { isSamePatient } from '../../shared/same-patient.ts'
import type { Prior, Series } from '../../shared/series.ts'
import type { Bound } from './audit/bindings.ts'
import { type AuditEntry, appendAudit } from './audit.ts'
import { findCase } from './case-detail.ts'
import { jsonText } from './dialect/words.ts'
import { descriptionOf, insertDicom } from './dicom.ts'
import { framesOf } from './frame-answers.ts'
import type { Standing } from './frame-types.ts'
import { isHidden } from './hidden.ts'
import { analysedEntry, keepStatistics, resultColumns, standBy } from './intake.ts'
import { ofSeries, standingIn } from './of-series.ts'
import { confidencesOf, labelIn, orNull, type Probabilities } from './rows.ts'
import type { CaseRecord, Database } from './schema.ts'
import type { NewSeries, SeriesMember } from './series-types.ts'
import type { Blind } from './types.ts'

/** As a reader may see it: without answers while that of the series is kept from them. */
export async function seriesOf(db: Kysely<Database>, caseId: string, blind: Blind): Promise<Series | null> {
  const of = await ofSeries(db, caseId)
  if (!of) return framesOf(db, caseId, blind)
  const row = await db.selectFrom('series').where('case_id', '=', of.id).select('standing').executeTakeFirstOrThrow()
  const { rule, plane, counted, key, deciding, cautions } = standingIn(row.standing)
  const kept = blind !== null && (await isHidden(db, of.id, blind))
  const slices = await db
    .selectFrom('slices')
    .innerJoin('cases', 'cases.id', 'slices.case_id')
    .leftJoin('results', 'results.id', 'cases.result_id')
    .leftJoin('case_dicom', 'case_dicom.case_id', 'slices.case_id')
    .where('slices.series_id', '=', of.id)
    .select(['slices.case_id', 'slices.mm', 'slices.scope', 'results.label'])
    .select(['p_glioma', 'p_meningioma', 'p_notumor', 'p_pituitary'])
    .select(instanceNumber.as('instance_number'))
    .orderBy('slices.place')
    .execute()
  const placeOf = (id: string) => slices.findIndex((slice) => slice.case_id === id)
  const middle = Math.floor((slices.length - 1) / 2)
  return {
    ...{ id: of.id, plane, rule, counted, cautions },
    slices: slices.map((slice, place) => ({
      ...{ caseId: slice.case_id, frame: null, place, instanceNumber: slice.instance_number, mm: slice.mm },
      // What the picture is like tells nothing of the answer.
      scope: slice.scope,
      ...(kept ? { label: null, confidences: null } : answerIn(slice)),
    })),
    key: kept ? middle : placeOf(key),
    deciding: kept || deciding.length === 0 ? null : deciding.map(placeOf),
  }
}

/** Of what the model does not judge nobody is told what it was called. */
function answerIn(slice: { label: Called | null } & { [P in keyof Probabilities]: number | null }) {
  const label = labelIn(slice.label)
  return { label, confidences: label && confidencesOf(slice as Probabilities) }
}

/** '' once the case was erased. */
const instanceNumber = sql<
  number | null
>`cast(case when facts = '' then null else ${jsonText(sql`facts`, 'instanceNumber')} end as double precision)`

/** A patient has so many at most that one would choose from. */
const MOST_PRIORS = 50
/** Of one ID, which may be that of several patients. */
const MOST_OF_ID = 1_000

/** '' once the case was erased, null where an older Gyrus did not keep it. */
const issuerIn = sql<string | null>`case when facts = '' then '' else ${jsonText(sql`facts`, 'patientIdIssuer')} end`

/** Other series of the same patient (`isSamePatient`), the newest study first. @throws GyrusError `case-unknown` */
export async function priorsOf(db: Kysely<Database>, caseId: string): Promise<Prior[]> {
  const id = (await ofSeries(db, caseId))?.id ?? caseId
  const { patient_id, patient_name } = await findCase(db, id)
  if (patient_id === '') return []
  const own = await db
    .selectFrom('case_dicom')
    .where('case_id', '=', id)
    .select(['study_uid', issuerIn.as('issuer')])
    .executeTakeFirst()
  const patient = { patientId: patient_id, patientName: patient_name, patientIdIssuer: own?.issuer ?? '' }
  const rows = await db
    .selectFrom('cases')
    .innerJoin('series', 'series.case_id', 'cases.id')
    .leftJoin('case_dicom', 'case_dicom.case_id', 'cases.id')
    .where('cases.patient_id', '=', patient_id)
    .where('cases.dismissed_at', 'is', null)
    .where('cases.id', '!=', id)
    .where('cases.id', 'not in', (eb) => eb.selectFrom('image_removals').select('case_id'))
    .select(['cases.id', 'cases.study_date', 'cases.description', 'cases.patient_name', 'cases.patient_id'])
    .select(['series.standing', 'case_dicom.study_uid', issuerIn.as('issuer')])
    .select(({ selectFrom, fn }) =>
      selectFrom('slices').whereRef('series_id', '=', 'cases.id').select(fn.countAll<number>().as('n')).as('slices'),
    )
    .orderBy('cases.study_date', 'desc')
    .orderBy('cases.id', 'desc')
    .limit(MOST_OF_ID)
    .execute()
  const named = ({ patient_id: patientId, patient_name: patientName, issuer }: (typeof rows)[number]) =>
    isSamePatient(patient, { patientId, patientName, patientIdIssuer: issuer ?? '' })
  return rows
    .filter(named)
    .slice(0, MOST_PRIORS)
    .map((row) => ({
      id: row.id,
      patientName: orNull(row.patient_name),
      patientId: row.patient_id,
      studyDate: orNull(row.study_date),
      description: orNull(row.description),
      plane: standingIn(row.standing).plane,
      slices: row.slices ?? 0,
      sameStudy: row.study_uid === own?.study_uid,
    }))
}

/** Puts slices together, or together anew; nothing where that changes nothing. */
export async function formSeries(trx: Transaction<Database>, series: NewSeries, actor: string): Promise<void> {
  const at = timeNow()
  const { id, slices, standing, stage } = series
  const entries: AuditEntry[] = series.first ? [await receiveSeries(trx, series)] : []
  const before = await findCase(trx, id)
  // A reader has put their name to what it was.
  if (before.state === 'signed') return
  const text = JSON.stringify(standing)
  if (series.first) await trx.insertInto('series').values({ case_id: id, standing: text }).execute()
  // While slices come, what it says stays of those that answered.
  else if (stage !== 'coming' || before.result_id === null)
    await trx.updateTable('series').set({ standing: text }).where('case_id', '=', id).execute()
  const joined = await join(trx, series, at)
  if (joined.length > 0) {
    const binds = [...joined, await describe(trx, series)]
    entries.push({ actor, act: 'case.grouped', subject: id, detail: { slices: joined.length }, binds })
  }
  for (const { caseId, ...where } of slices) {
    await trx.updateTable('slices').set(where).where('case_id', '=', caseId).where('series_id', '=', id).execute()
  }
  if (stage === 'listed' && before.state === 'received') {
    await trx.updateTable('cases').set({ state: 'listed' }).where('id', '=', id).execute()
    entries.push({ actor, act: 'case.listed', subject: id, detail: {}, binds: [await describe(trx, series)] })
  }
  if (stage === 'answered' && (!isDescribed(before, series) || !(await isAnswer(trx, before.result_id, series)))) {
    entries.push(...(await conclude(trx, series, before, { actor, at })))
  }
  await appendAudit(trx, at, entries)
}

/** Its case comes on record as its first slice did. */
async function receiveSeries(trx: Transaction<Database>, { id, name, members, standing, stage }: NewSeries) {
  const key = keyOf(members, standing)
  const first = members.reduce((a, b) => (b.receivedAt < a.receivedAt ? b : a))
  const row = await trx
    .insertInto('cases')
    .values({
      ...{ id, scan_sha256: key.sha256, file_name: name, state: stage === 'listed' ? 'listed' : 'received' },
      ...{ received_at: first.receivedAt, received_by: first.receivedBy, source: first.source },
      ...{ patient_name: '', patient_id: '', study_date: '', description: '' },
      ...{ label: '', confidence: -1, model_id: '', verdict: '', verdict_label: '', reader: '' },
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const dicom = await insertDicom(trx, id, key.facts)
  const binds: Bound[] = [{ kind: 'cases', row }, dicom]
  const detail = { source: row.source, slices: members.length }
  const act = stage === 'listed' ? 'case.listed' : 'case.received'
  return { actor: row.received_by, act, subject: id, detail, binds }
}

const keyOf = (members: SeriesMember[], { key }: Standing): SeriesMember =>
  members.find(({ caseId }) => caseId === key) as SeriesMember

/** No reader has said something of such cases. */
const UNSEEN: CaseState[] = ['listed', 'received', 'analysed']

/** Those that are not of it yet; what nobody has read leaves the lists. @returns their rows, to be bound */
async function join(trx: Transaction<Database>, { id, members, slices }: NewSeries, at: string): Promise<Bound[]> {
  const binds: Bound[] = []
  for (const { caseId, seriesId, state } of members) {
    const slice = slices.find((one) => one.caseId === caseId)
    if (seriesId !== null || !slice) continue
    const listed = UNSEEN.includes(state) ? 0 : 1
    const { place, mm, scope } = slice
    const row = await trx
      .insertInto('slices')
      .values({ case_id: caseId, series_id: id, joined_at: at, listed, place, mm, scope })
      .returningAll()
      .executeTakeFirstOrThrow()
    if (listed === 0) await trx.updateTable('cases').set({ dismissed_at: at }).where('id', '=', caseId).execute()
    binds.push({ kind: 'slices', row })
  }
  return binds
}

const descriptionIn = ({ members, standing, description }: NewSeries): string =>
  [descriptionOf(keyOf(members, standing).facts), description].filter(Boolean).join(' · ')

/** Not where slices joined since it was answered. */
const isDescribed = ({ description }: CaseRecord, series: NewSeries) => description === descriptionIn(series)

/** The case is called by what its key slice says, and has its file. @returns its row, to be bound anew */
async function describe(trx: Transaction<Database>, series: NewSeries): Promise<Bound> {
  const { id, members, standing } = series
  const { sha256, facts } = keyOf(members, standing)
  const row = await trx
    .updateTable('cases')
    .set({
      ...{ scan_sha256: sha256, patient_name: facts.patientName, patient_id: facts.patientId },
      ...{ study_date: facts.studyDate, description: descriptionIn(series) },
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return { kind: 'cases', row }
}

/** Whether a result says what the slices come to now. */
async function isAnswer(trx: Transaction<Database>, resultId: number | null, { answer }: NewSeries): Promise<boolean> {
  if (resultId === null || answer === null) return false
  const row = await trx.selectFrom('results').where('id', '=', resultId).selectAll().executeTakeFirstOrThrow()
  const said = confidencesOf(row)
  return (
    row.weights_sha256 === answer.weightsSha256 &&
    labelIn(row.label) === answer.label &&
    LABELS.every((label) => said[label] === answer.confidences[label])
  )
}

/** The answer of the series. */
async function conclude(
  trx: Transaction<Database>,
  series: NewSeries,
  before: CaseRecord,
  { actor, at }: { actor: string; at: string },
): Promise<AuditEntry[]> {
  const { id, members, standing, answer } = series
  if (answer === null) return []
  const result = { ...answer, caseId: id, image: { format: 'dicom', width: 0, height: 0 } }
  const entries: AuditEntry[] = []
  if (before.state === 'failed') {
    entries.push({ actor, act: 'case.retried', subject: id, detail: {} })
  }
  const row = await trx
    .insertInto('results')
    .values({ ...resultColumns(result, at), supersedes: before.result_id })
    .returningAll()
    .executeTakeFirstOrThrow()
  await keepStatistics(trx, [{ row, result }])
  const first = before.result_id === null
  await standBy(trx, [row], first ? { state: 'analysed', error_code: null, error_details: null } : {})
  const entry = analysedEntry(row, result, [])
  const { counted, rule, deciding } = standing
  const of = { slices: members.length, counted, rule, key: standing.key, deciding }
  const detail = { ...entry.detail, series: of, ...(!first && { supersedes: before.result_id }) }
  const act = first ? 'case.analysed' : 'case.analysed-again'
  const binds: Bound[] = [...(entry.binds ?? []), await describe(trx, series)]
  return [...entries, { ...entry, actor, act, detail, binds }]
}
