import { type Kysely, sql } from 'kysely'
import { foldedSql } from '../fold.ts'
import { named } from './0010-history.ts'

/**
 * What the model gives no answer to, and what cannot be read, has points of its own in the order of urgency, behind a likely
 * tumour; and cases are found by the accession number of their DICOM file as by all else that stands on them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await rankAnew(db)
  await findByAccession(db)
}

async function rankAnew(db: Kysely<unknown>): Promise<void> {
  for (const name of ['cases_rank_added', 'cases_rank_changed']) await sql.raw(`drop trigger ${name}`).execute(db)
  await sql.raw(`update cases set ${ranked('cases')} where ${waits('cases')}`).execute(db)
  const rank = `update cases set ${ranked('new')} where id = new.id;`
  await sql.raw(`create trigger cases_rank_added after insert on cases begin ${rank} end`).execute(db)
  await sql
    .raw(
      `create trigger cases_rank_changed after update of state, result_id, label, confidence on cases begin ${rank} end`,
    )
    .execute(db)
}

const points = (name: string, otherwise: number) =>
  `coalesce((select value from urgency_settings where name = '${name}'), ${otherwise})`

/** A reader has not said anything of it. */
const waits = (row: string) => `${row}.state in ('listed', 'received', 'analysed', 'failed')`

const answered = (row: string) => `${row}.label in ('glioma', 'meningioma', 'notumor', 'pituitary')`
const tumour = (row: string) => `coalesce((select 1 - p_notumor from results where id = ${row}.result_id), 0.5)`
/** Days from 2000 on: differences of some seconds are still told apart. */
const day = (row: string) => `(julianday(${row}.received_at) - 2451544.5)`

/** What both columns are, as SQL; see `urgencyOf` (shared/urgency.ts). @param row which row's other columns they are worked out of */
export const ranks = (row: string) => {
  const known = `case when ${row}.state = 'failed' then ${points('unreadable', 0.3)}
    when ${answered(row)}
      then ${points('tumour', 1)} * ${tumour(row)} + ${points('uncertainty', 0.5)} * (1 - ${row}.confidence)
    else ${points('unjudged', 0.7)} end`
  // What was read comes behind, the newest first.
  const read = `${day(row)} - 1000000`
  return {
    urgency: `case when ${waits(row)} then ${known} - ${points('waiting', 0.1)} * ${day(row)} else ${read} end`,
    waited: `case when ${waits(row)} then - ${day(row)} else ${read} end`,
  }
}

/** SQL that sets them. */
export const ranked = (row: string) => {
  const { urgency, waited } = ranks(row)
  return `urgency = ${urgency}, waited = ${waited}`
}

const OF_ROWS = ['cases', 'verdicts', 'second_readings'].flatMap((rows) => [
  `${rows}_text_added`,
  `${rows}_text_changed`,
])

async function findByAccession(db: Kysely<unknown>): Promise<void> {
  for (const name of OF_ROWS) await sql.raw(`drop trigger ${name}`).execute(db)
  await followRows(db)
  const told = `select case_id from case_dicom where accession_number != ''`
  await sql
    .raw(`${renewed} where case_id in (${told} union select series_id from slices where case_id in (${told}))`)
    .execute(db)
}

const PATIENT = ['patient_name', 'patient_id']
const OTHERS = ['file_name', 'description', 'reader', 'model_id']
const joined = (columns: string[]) => columns.map((name) => `c.${name}`).join(` || ' | ' || `)

/** That of the case's file; of a series those of its slices. Nothing, not even a sign, where there is none: such texts stay. */
export const accessionsOf = (
  row: string,
) => `coalesce((select ' | ' || group_concat(accession_number, ' | ') from (select distinct accession_number from case_dicom
  where accession_number != '' and (case_id = ${row}.id or case_id in (select case_id from slices where series_id = ${row}.id)))), '')`

/**
 * All that a case can be found by, as in 0014, and its accession number; the parts are set apart, so that no phrase spans two.
 * Put together before they are folded: within the calls that fold, an SQLite before 3.45 would find them nested too deeply.
 */
export function textsOf(where: string): string {
  const comments = `(select group_concat(comment, ' | ') from verdicts where case_id = c.id)`
  const second = `(select reader || ' | ' || comment from second_readings where case_id = c.id)`
  // Until the second reader has read, nobody finds a case by what the first one wrote.
  const told = `iif(c.verdict = 'withheld', '', coalesce(${comments}, '') || ' | ' || coalesce(${second}, ''))`
  const others = [joined(OTHERS), named('label'), named('verdict_label'), told]
  const texts = `${others.join(` || ' | ' || `)} || ${accessionsOf('c')}`
  return `select id, ${foldedSql('patient')} as patient, ${foldedSql('text')} as text
    from (select c.id, ${joined(PATIENT)} as patient, ${texts} as text from cases as c ${where})`
}

const renewed = `update case_texts set (patient, text) =
  (select t.patient, t.text from (${textsOf('where c.id = case_texts.case_id')}) as t)`

async function followRows(db: Kysely<unknown>): Promise<void> {
  const trigger = (name: string, when: string, does: string) =>
    sql.raw(`create trigger ${name} after ${when} begin ${does} end`).execute(db)
  const renew = (ids: string) => `${renewed} where case_id in (${ids});`
  const columns = [...PATIENT, ...OTHERS, 'label', 'verdict_label', 'verdict'].join(', ')
  const added = `insert into case_texts (case_id, patient, text) ${textsOf('where c.id = new.id')};`
  await trigger('cases_text_added', 'insert on cases', added)
  await trigger('cases_text_changed', `update of ${columns} on cases`, renew('new.id'))
  await trigger('verdicts_text_added', `insert on verdicts when new.comment != ''`, renew('new.case_id'))
  await trigger('verdicts_text_changed', 'update of comment on verdicts', renew('new.case_id'))
  await trigger('second_readings_text_added', 'insert on second_readings', renew('new.case_id'))
  await trigger('second_readings_text_changed', 'update of comment on second_readings', renew('new.case_id'))
  // A slice's stands on its series, too. One that joins is told by the series' description, which counts them.
  const withSeries = `select new.case_id union select series_id from slices where case_id = new.case_id`
  await trigger('case_dicom_text_added', `insert on case_dicom when new.accession_number != ''`, renew('new.case_id'))
  await trigger('case_dicom_text_changed', 'update of accession_number on case_dicom', renew(withSeries))
}
