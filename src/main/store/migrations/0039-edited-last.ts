import { type Kysely, sql } from 'kysely'
import { ranks as ranksBefore } from './0038-work-list.ts'

/** A picture that somebody edited is no patient who waits: in the order of reading it stands behind all that do. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const name of ['cases_rank_added', 'cases_rank_changed']) await sql.raw(`drop trigger ${name}`).execute(db)
  await sql.raw(`update cases set ${ranked('cases')} where source = 'edited'`).execute(db)
  const rank = `update cases set ${ranked('new')} where id = new.id;`
  const changed = 'update of state, result_id, label, confidence on cases'
  await sql.raw(`create trigger cases_rank_added after insert on cases begin ${rank} end`).execute(db)
  await sql.raw(`create trigger cases_rank_changed after ${changed} begin ${rank} end`).execute(db)
}

/** What both columns are, as SQL; see `urgencyOf` (shared/urgency.ts). @param row which row's other columns they are worked out of */
export function ranks(row: string): { urgency: string; waited: string } {
  // As what was read: the newest first.
  const behind = `julianday(${row}.received_at) - 2451544.5 - 1000000`
  const last = (other: string) => `case when ${row}.source = 'edited' then ${behind} else ${other} end`
  const { urgency, waited } = ranksBefore(row)
  return { urgency: last(urgency), waited: last(waited) }
}

/** SQL that sets them. */
export function ranked(row: string): string {
  const { urgency, waited } = ranks(row)
  return `urgency = ${urgency}, waited = ${waited}`
}
