import { type Kysely, sql } from 'kysely'
import { foldedSql } from '../fold.ts'
import { named } from './0010-history.ts'

/**
 * Cases are found by their patient alone and by their batch in the order of time, and names with `ł`, `ø`, `ß` and the like by plain letters; the reason of an
 * erasure is hashed with a salt.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const name of TRIGGERS) await sql.raw(`drop trigger if exists ${name}`).execute(db)
  await sql`drop table case_search`.execute(db)
  await db.schema
    .alterTable('case_texts')
    .addColumn('patient', 'text', (column) => column.notNull().defaultTo(''))
    .execute()
  const texts = `select t.patient, t.text from (${textsOf('where c.id = case_texts.case_id')}) as t`
  await sql.raw(`update case_texts set (patient, text) = (${texts})`).execute(db)
  await createIndex(db)
  await followTexts(db)
  // A batch's cases, the newest first, without looking at its files.
  await db.schema.createIndex('batch_files_by_batch').on('batch_files').columns(['batch_id', 'case_id']).execute()
  // Null where the reason was hashed as it was: an entry of the chain tells that hash, so that it stays.
  await db.schema.alterTable('erasures').addColumn('reason_salt', 'text').execute()
}

const OF_TEXTS = ['case_texts_added', 'case_texts_changed', 'case_texts_gone']
const OF_ROWS = ['cases', 'verdicts', 'second_readings'].flatMap((rows) => [
  `${rows}_text_added`,
  `${rows}_text_changed`,
])
/** What keeps the texts and their index as the rows are. */
export const TRIGGERS = [...OF_TEXTS, ...OF_ROWS]

const PATIENT = ['patient_name', 'patient_id']
const OTHERS = ['file_name', 'description', 'reader', 'model_id']
const joined = (columns: string[]) => columns.map((name) => `c.${name}`).join(` || ' | ' || `)

/** All that a case can be found by; the parts are set apart, so that no phrase spans two of them. */
export function textsOf(where: string): string {
  const comments = `(select group_concat(comment, ' | ') from verdicts where case_id = c.id)`
  const second = `(select reader || ' | ' || comment from second_readings where case_id = c.id)`
  // Until the second reader has read, nobody finds a case by what the first one wrote.
  const told = `iif(c.verdict = 'withheld', '', coalesce(${comments}, '') || ' | ' || coalesce(${second}, ''))`
  const others = [joined(OTHERS), named('label'), named('verdict_label'), told]
  return `select c.id, ${foldedSql(joined(PATIENT))} as patient, ${foldedSql(others.join(` || ' | ' || `))} as text
    from cases as c ${where}`
}

/** As before, but for the patient in a column of its own. */
async function createIndex(db: Kysely<unknown>): Promise<void> {
  await sql`create virtual table case_search using fts5 (patient, text, content='case_texts', content_rowid='n',
    tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')`.execute(db)
  await sql`insert into case_search (case_search, rank) values ('secure-delete', 1)`.execute(db)
  await sql`insert into case_search (case_search) values ('rebuild')`.execute(db)
}

export async function followTexts(db: Kysely<unknown>): Promise<void> {
  const trigger = (name: string, when: string, does: string) =>
    sql.raw(`create trigger ${name} after ${when} begin ${does} end`).execute(db)
  const put = 'insert into case_search (rowid, patient, text) values (new.n, new.patient, new.text);'
  const take = `insert into case_search (case_search, rowid, patient, text)
    values ('delete', old.n, old.patient, old.text);`
  const other = 'new.patient != old.patient or new.text != old.text'
  await trigger('case_texts_added', 'insert on case_texts', put)
  await trigger('case_texts_changed', `update of patient, text on case_texts when ${other}`, take + put)
  await trigger('case_texts_gone', 'delete on case_texts', take)

  const renew = (id: string) => `update case_texts set (patient, text) =
    (select t.patient, t.text from (${textsOf(`where c.id = ${id}`)}) as t) where case_id = ${id};`
  const columns = [...PATIENT, ...OTHERS, 'label', 'verdict_label', 'verdict'].join(', ')
  const added = `insert into case_texts (case_id, patient, text) ${textsOf('where c.id = new.id')};`
  await trigger('cases_text_added', 'insert on cases', added)
  await trigger('cases_text_changed', `update of ${columns} on cases`, renew('new.id'))
  await trigger('verdicts_text_added', `insert on verdicts when new.comment != ''`, renew('new.case_id'))
  await trigger('verdicts_text_changed', 'update of comment on verdicts', renew('new.case_id'))
  await trigger('second_readings_text_added', 'insert on second_readings', renew('new.case_id'))
  await trigger('second_readings_text_changed', 'update of comment on second_readings', renew('new.case_id'))
}
