import { type Kysely, sql } from 'kysely'
import { forbidChanges } from './0001-record.ts'
import { letErasureEmpty } from './0011-care.ts'

/** Cases that two read, each without knowing what the other says, and a third one decides where they differ. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createMarks(db)
  await createReadings(db)
  await createAdjudications(db)
  await createSettings(db)
  await standOnCases(db)
  await countCases(db)
  await followTexts(db)
}

/** Append-only: that a case is to be read by two, who said so, and why. */
async function createMarks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('second_marks')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('case_id', 'text', (column) => column.notNull().unique().references('cases.id'))
    .addColumn('marked_by', 'text', (column) => column.notNull())
    .addColumn('why', 'text', (column) => column.notNull().check(sql`why in ('reader', 'every', 'below')`))
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await forbidChanges(db, 'second_marks')
}

/** Append-only: what the second reader says, signed as it is given; it takes no verdict's place. */
async function createReadings(db: Kysely<unknown>): Promise<void> {
  let table = db.schema
    .createTable('second_readings')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('case_id', 'text', (column) => column.notNull().unique().references('second_marks.case_id'))
    .addColumn('result_id', 'integer', (column) => column.notNull().references('results.id'))
    // The signed verdict that it was given beside, without being shown it.
    .addColumn('beside', 'integer', (column) => column.notNull().references('verdicts.id'))
  for (const name of ['reader', 'verdict']) table = table.addColumn(name, 'text', (column) => column.notNull())
  await table
    .addColumn('label', 'text')
    .addColumn('comment', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await forbidChanges(db, 'second_readings')
  await letErasureEmpty(db, 'second_readings', 'comment', `new.comment = ''`)
}

/** Append-only: which verdict a third reader decided by. */
async function createAdjudications(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('adjudications')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('case_id', 'text', (column) => column.notNull().unique().references('second_readings.case_id'))
    .addColumn('verdict_id', 'integer', (column) => column.notNull().unique().references('verdicts.id'))
    .addColumn('reader', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await forbidChanges(db, 'adjudications')
}

const createSettings = (db: Kysely<unknown>) =>
  db.schema
    .createTable('second_settings')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute()

/** The queues: few cases wait for a reader, so the index has those alone that are to be read by two. */
async function standOnCases(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('cases')
    .addColumn('second', 'text', (column) => column.notNull().defaultTo(''))
    .execute()
  await sql`create index cases_by_second on cases (second, received_at, id)
    where dismissed_at is null and second != ''`.execute(db)
}

const COUNTED = ['source', 'state', 'label', 'model_id', 'verdict', 'reader', 'second']

/** As in 0010, and by what the second reading comes to. */
async function countCases(db: Kysely<unknown>): Promise<void> {
  const columns = COUNTED.join(', ')
  for (const name of ['added', 'moved', 'gone']) await sql.raw(`drop trigger cases_count_${name}`).execute(db)
  await db.schema.alterTable('case_counts').renameTo('case_counts_before').execute()
  let table = db.schema.createTable('case_counts')
  for (const name of COUNTED) table = table.addColumn(name, 'text', (column) => column.notNull())
  await table
    .addColumn('n', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('case_counts_by_second_key', COUNTED as never[])
    .execute()
  const before = COUNTED.filter((name) => name !== 'second').join(', ')
  await sql
    .raw(`insert into case_counts (${before}, second, n) select ${before}, '', n from case_counts_before`)
    .execute(db)
  await db.schema.dropTable('case_counts_before').execute()
  const row = (which: 'new' | 'old') => COUNTED.map((name) => `${which}.${name}`).join(', ')
  const add = `insert into case_counts (${columns}, n) select ${row('new')}, 1 where new.dismissed_at is null
    on conflict (${columns}) do update set n = n + 1;`
  const take = `update case_counts set n = n - 1
    where old.dismissed_at is null and (${columns}) = (${row('old')});`
  const count = (name: string, when: string, does: string) =>
    sql.raw(`create trigger cases_count_${name} after ${when} on cases begin ${does} end`).execute(db)
  await count('added', 'insert', add)
  await count('moved', `update of ${columns}, dismissed_at`, take + add)
  await count('gone', 'delete', take)
}

const named = (column: string) => `case c.${column}
  when 'glioma' then 'Glioma' when 'meningioma' then 'Meningioma'
  when 'notumor' then 'No tumour No tumor' when 'pituitary' then 'Pituitary tumour Pituitary tumor'
  when 'other' then 'Something else' else '' end`

const TEXT_COLUMNS = ['patient_name', 'patient_id', 'file_name', 'description', 'reader', 'model_id']

/** As in 0010; comments are found once the second reader has read, and theirs, too. */
const textOf = (id: string) => `select ${TEXT_COLUMNS.map((name) => `c.${name}`).join(` || ' | ' || `)}
  || ' | ' || ${named('label')} || ' | ' || ${named('verdict_label')} || ' | ' ||
  iif(c.verdict = 'withheld', '',
    coalesce((select group_concat(comment, ' | ') from verdicts where case_id = c.id), '') || ' | ' ||
    coalesce((select reader || ' | ' || comment from second_readings where case_id = c.id), ''))
  from cases as c where c.id = ${id}`

async function followTexts(db: Kysely<unknown>): Promise<void> {
  const trigger = async (name: string, when: string, does: string) => {
    await sql.raw(`drop trigger if exists ${name}`).execute(db)
    await sql.raw(`create trigger ${name} after ${when} begin ${does} end`).execute(db)
  }
  const renew = (id: string) => `update case_texts set text = (${textOf(id)}) where case_id = ${id};`
  const columns = [...TEXT_COLUMNS, 'label', 'verdict_label', 'verdict'].join(', ')
  await trigger(
    'cases_text_added',
    'insert on cases',
    `insert into case_texts (case_id, text) select new.id, (${textOf('new.id')});`,
  )
  await trigger('cases_text_changed', `update of ${columns} on cases`, renew('new.id'))
  await trigger('verdicts_text_added', `insert on verdicts when new.comment != ''`, renew('new.case_id'))
  await trigger('verdicts_text_changed', 'update of comment on verdicts', renew('new.case_id'))
  await trigger('second_readings_text_added', 'insert on second_readings', renew('new.case_id'))
  await trigger('second_readings_text_changed', 'update of comment on second_readings', renew('new.case_id'))
}
