import { type Kysely, sql } from 'kysely'

/** Quick lists of a million cases: indexes that also give the order of time, kept counts, and a full-text index. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await indexCases(db)
  await countCases(db)
  await createTexts(db)
  await followTexts(db)
}

const STANDING = ['source', 'state', 'label', 'model_id', 'verdict', 'reader']
const SORTED = ['patient_name', 'patient_id', 'study_date', 'description', 'file_name', 'confidence', ...STANDING]

/** Cases of one value stand in the order of time, so that a filter needs no sorting. Dismissed ones are on no list. */
async function indexCases(db: Kysely<unknown>): Promise<void> {
  for (const name of [...SORTED, 'received_at', 'scan_sha256', 'verdict_label', 'id', 'code']) {
    await db.schema.dropIndex(`cases_by_${name}`).ifExists().execute()
  }
  const index = (name: string, columns: string) =>
    sql.raw(`create index cases_by_${name} on cases (${columns}) where dismissed_at is null`).execute(db)
  await index('received_at', 'received_at, id')
  // A batch's cases and those that a text is found in come by their ids, and are sorted by time.
  await index('id', 'id, received_at')
  // The code of a printed report: where an id is random.
  await index('code', `substr(replace(id, '-', ''), -8)`)
  for (const name of SORTED) await index(name, `${name}, received_at, id`)
  // A file's cases are looked for whether or not they are listed.
  await db.schema
    .createIndex('cases_by_scan_sha256')
    .on('cases')
    .columns(['scan_sha256', 'received_at', 'id'])
    .execute()
}

/** How many listed cases share all that the filters offer: counts for any of them without looking at the cases. */
async function countCases(db: Kysely<unknown>): Promise<void> {
  const columns = STANDING.join(', ')
  let table = db.schema.createTable('case_counts')
  for (const name of STANDING) table = table.addColumn(name, 'text', (column) => column.notNull())
  await table
    .addColumn('n', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('case_counts_key', STANDING as never[])
    .execute()
  await sql
    .raw(
      `insert into case_counts select ${columns}, count(*) from cases where dismissed_at is null group by ${columns}`,
    )
    .execute(db)
  const row = (which: 'new' | 'old') => STANDING.map((name) => `${which}.${name}`).join(', ')
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

/** The names of labels are found, too, also as they are spelt in America. */
export const named = (column: string) => `case c.${column}
  when 'glioma' then 'Glioma' when 'meningioma' then 'Meningioma'
  when 'notumor' then 'No tumour No tumor' when 'pituitary' then 'Pituitary tumour Pituitary tumor'
  when 'other' then 'Something else' else '' end`

const TEXT_COLUMNS = ['patient_name', 'patient_id', 'file_name', 'description', 'reader', 'model_id']

/** All that a case can be found by; the parts are set apart, so that no phrase spans two of them. */
const textOf = (where: string) => `select c.id, ${TEXT_COLUMNS.map((name) => `c.${name}`).join(` || ' | ' || `)}
  || ' | ' || ${named('label')} || ' | ' || ${named('verdict_label')} || ' | ' ||
  coalesce((select group_concat(comment, ' | ') from verdicts where case_id = c.id), '') as text from cases as c ${where}`

/** `n` grows with every case, so that the newest matches come first without sorting. */
async function createTexts(db: Kysely<unknown>): Promise<void> {
  await sql`create table case_texts (n integer primary key, case_id text not null unique, text text not null)`.execute(
    db,
  )
  await sql.raw(`insert into case_texts (case_id, text) ${textOf('order by c.received_at, c.id')}`).execute(db)
  await sql`create virtual table case_search using fts5 (text, content='case_texts', content_rowid='n',
    tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')`.execute(db)
  // What is taken out is gone from the file at once, as an erasure needs it.
  await sql`insert into case_search (case_search, rank) values ('secure-delete', 1)`.execute(db)
  await sql`insert into case_search (case_search) values ('rebuild')`.execute(db)
}

async function followTexts(db: Kysely<unknown>): Promise<void> {
  const trigger = (name: string, when: string, does: string) =>
    sql.raw(`create trigger ${name} after ${when} begin ${does} end`).execute(db)
  const put = (row: 'new' | 'old') => {
    const values = `${row}.n, ${row}.text`
    return row === 'new'
      ? `insert into case_search (rowid, text) values (${values});`
      : `insert into case_search (case_search, rowid, text) values ('delete', ${values});`
  }
  await trigger('case_texts_added', 'insert on case_texts', put('new'))
  await trigger('case_texts_changed', 'update of text on case_texts when new.text != old.text', put('old') + put('new'))
  await trigger('case_texts_gone', 'delete on case_texts', put('old'))

  const renew = (id: string) =>
    `update case_texts set text = (select t.text from (${textOf(`where c.id = ${id}`)}) as t)
     where case_id = ${id};`
  const columns = [...TEXT_COLUMNS, 'label', 'verdict_label'].join(', ')
  await trigger(
    'cases_text_added',
    'insert on cases',
    `insert into case_texts (case_id, text) ${textOf('where c.id = new.id')};`,
  )
  await trigger('cases_text_changed', `update of ${columns} on cases`, renew('new.id'))
  await trigger('cases_text_gone', 'delete on cases', 'delete from case_texts where case_id = old.id;')
  await trigger('verdicts_text_added', `insert on verdicts when new.comment != ''`, renew('new.case_id'))
  await trigger('verdicts_text_changed', 'update of comment on verdicts', renew('new.case_id'))
}
