import { type Kysely, sql } from 'kysely'
import { foldedSql } from '../fold.ts'
import { TEXT_COLUMNS, textOf } from './0010-history.ts'

/** Names with `ł`, `ø`, `ß` and the like are found by plain letters; the reason of an erasure is hashed with a salt. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await foldTexts(db)
  // Null where the reason was hashed as it was: an entry of the chain tells that hash, so that it stays.
  await db.schema.alterTable('erasures').addColumn('reason_salt', 'text').execute()
}

/** What is on record is changed where it has such letters; the index follows by its own triggers. */
async function foldTexts(db: Kysely<unknown>): Promise<void> {
  const trigger = async (name: string, when: string, does: string) => {
    await sql.raw(`drop trigger ${name}`).execute(db)
    await sql.raw(`create trigger ${name} after ${when} begin ${does} end`).execute(db)
  }
  const foldedOf = (where: string) => `select t.id, ${foldedSql('t.text')} as text from (${textOf(where)}) as t`
  const renew = (id: string) =>
    `update case_texts set text = (select f.text from (${foldedOf(`where c.id = ${id}`)}) as f) where case_id = ${id};`
  const columns = [...TEXT_COLUMNS, 'label', 'verdict_label'].join(', ')
  const added = `insert into case_texts (case_id, text) ${foldedOf('where c.id = new.id')};`
  await trigger('cases_text_added', 'insert on cases', added)
  await trigger('cases_text_changed', `update of ${columns} on cases`, renew('new.id'))
  await trigger('verdicts_text_added', `insert on verdicts when new.comment != ''`, renew('new.case_id'))
  await trigger('verdicts_text_changed', 'update of comment on verdicts', renew('new.case_id'))
  const text = foldedSql('text')
  await sql.raw(`update case_texts set text = ${text} where text != ${text}`).execute(db)
}
