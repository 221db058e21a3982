import type { Kysely } from 'kysely'
import type { Second } from '../../shared/cases.ts'
import { describe } from '../../shared/errors.ts'
import { saysOf } from '../../shared/reading.ts'
import { labelIn, toBefore } from './rows.ts'
import type { AdjudicationRow, CaseRecord, Database, ImpressionRow, ResultRecord, SecondReadingRow } from './schema.ts'
import { barredFromAdjudicating, barredFromReading } from './second-barred.ts'
import { secondReadingOf } from './second-state.ts'

/** What is read beside the verdicts of a case. */
export interface Beside {
  results: Pick<ResultRecord, 'id' | 'label'>[]
  impressions: ImpressionRow[]
}

/**
 * The second reading of a case, as `reader` may see it; null where it is not marked.
 *
 * @param reader who asks and may read cases; null is shown all and can do nothing
 * @param withheld verdicts of others are kept from them
 */
export async function secondOf(
  db: Kysely<Database>,
  record: CaseRecord,
  { reader, withheld, ...beside }: Beside & { reader: string | null; withheld: boolean },
): Promise<Second | null> {
  const mark = await db.selectFrom('second_marks').where('case_id', '=', record.id).selectAll().executeTakeFirst()
  if (!mark) return null
  const reading = await secondReadingOf(db, record.id)
  const decided = await adjudicationOf(db, record.id)
  return {
    markedBy: mark.marked_by,
    markedAt: mark.at,
    why: mark.why,
    reading: reading ? toReading(reading, beside) : null,
    adjudicated: decided ? { verdictId: decided.verdict_id, reader: decided.reader, at: decided.at } : null,
    withheld,
    ...(await doneBy(db, record, reader)),
  }
}

export const adjudicationOf = (db: Kysely<Database>, id: string): Promise<AdjudicationRow | undefined> =>
  db.selectFrom('adjudications').where('case_id', '=', id).selectAll().executeTakeFirst()

/** What the case waits for, and whether the reader may do it. */
async function doneBy(
  db: Kysely<Database>,
  { id, second }: CaseRecord,
  reader: string | null,
): Promise<Pick<Second, 'act' | 'barred'>> {
  const waits = second === 'open' || second === 'disputed'
  if (!waits || reader === null) return { act: null, barred: null }
  const barred = await (second === 'open' ? barredFromReading : barredFromAdjudicating)(db, id, reader)
  if (barred) return { act: null, barred: describe(barred) }
  return { act: second === 'open' ? 'read' : 'adjudicate', barred: null }
}

function toReading(row: SecondReadingRow, { results, impressions }: Beside): Second['reading'] {
  const { result_id, reader, verdict, label, comment, at } = row
  const ai = labelIn(results.find(({ id }) => id === result_id)?.label ?? null)
  const before = impressions.find((one) => one.result_id === result_id && one.reader === reader)
  const said = saysOf(verdict, label, ai)
  return { resultId: result_id, reader, verdict, label, comment, at, before: toBefore(before, said) }
}
