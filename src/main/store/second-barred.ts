import { type Kysely, sql } from 'kysely'
import type { ErrorCode } from '../../shared/errors.ts'
import type { Database } from './schema.ts'
import { secondSettings } from './second-settings.ts'
import { secondReadingOf } from './second-state.ts'

/** Why somebody cannot be the second reader: they signed the case, or saw what another one said of it. */
export async function barredFromReading(db: Kysely<Database>, id: string, reader: string): Promise<ErrorCode | null> {
  if ((await signersOf(db, id)).includes(reader)) return 'second-same-reader'
  const { rows } = await sql<{ saw: number }>`select exists (
    select 1 from case_views as v join second_marks as m on m.case_id = v.case_id
    where v.case_id = ${id} and v.reader = ${reader} and v.at <= m.at and v.at >=
      (select min(created_at) from verdicts where case_id = ${id} and reader != ${reader})) as saw`.execute(db)
  return rows[0]?.saw === 1 ? 'second-reader-saw' : null
}

/** Why somebody cannot decide between the two. */
export async function barredFromAdjudicating(
  db: Kysely<Database>,
  id: string,
  reader: string,
): Promise<ErrorCode | null> {
  const { adjudicators } = await secondSettings(db)
  const readers = [...(await signersOf(db, id)), (await secondReadingOf(db, id))?.reader]
  if (readers.includes(reader)) return 'adjudicator-involved'
  return adjudicators.length === 0 || adjudicators.includes(reader) ? null : 'adjudicator-not-named'
}

/** Cases that wait for somebody who decides between two, and that `reader` may decide: those not barred by the above. */
export async function countToAdjudicate(db: Kysely<Database>, reader: string): Promise<number> {
  const { adjudicators } = await secondSettings(db)
  if (adjudicators.length > 0 && !adjudicators.includes(reader)) return 0
  const { rows } = await sql<{ n: number }>`select count(*) as n from cases where second = 'disputed'
    and not exists (select 1 from signatures where case_id = cases.id and signer = ${reader})
    and not exists (select 1 from second_readings where case_id = cases.id and reader = ${reader})`.execute(db)
  return rows[0]?.n ?? 0
}

async function signersOf(db: Kysely<Database>, id: string): Promise<string[]> {
  const rows = await db.selectFrom('signatures').where('case_id', '=', id).select('signer').execute()
  return rows.map(({ signer }) => signer)
}
