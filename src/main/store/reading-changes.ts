import { type Kysely, sql } from 'kysely'
import type { ReadingCount, ReadingSpan } from '../../shared/reading-changes.ts'
import type { Database } from './schema.ts'

/**
 * How readings changed once the answer was shown. A reading is an impression that was recorded before the answer, with what
 * the same reader then signed on the same result: a first verdict as it was signed first, or a second reading. Amendments
 * and adjudications know more than the answer, and are none. Cases that wait for a second reader are left out until they
 * were read.
 *
 * Truth is known where a third reader decided a case: what stands on it then, if that is a finding.
 *
 * @param reader whose; null is all
 */
export async function readingChanges(
  db: Kysely<Database>,
  { from, until }: ReadingSpan,
  reader: string | null,
): Promise<ReadingCount[]> {
  const within = [
    ...(from === null ? [] : [sql`at >= ${from}`]),
    ...(until === null ? [] : [sql`at < ${until}`]),
    ...(reader === null ? [] : [sql`reader = ${reader}`]),
  ]
  const { rows } = await sql<ReadingCount>`
    with said as (${FIRST} union all ${SECOND}),
    known as (
      select said.*, iif(cases.second = 'adjudicated', ${saysOf('verdicts', 'results')}, 'cannot-tell') as truth
      from said join cases on cases.id = said.case_id
      join verdicts on verdicts.id = cases.verdict_id join results on results.id = verdicts.result_id
      where cases.second not in ('marked', 'open'))
    select reader, substr(at, 1, 7) as month, ${CHANGE} as change, ${TRUTH} as truth, count(*) as n from known
    where ${within.length > 0 ? sql.join(within, sql` and `) : sql`true`}
    group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(db)
  return rows
}

/** What a verdict in `given` says on its answer. */
const saysOf = (given: string, on: string) =>
  sql<string>`case ${sql.ref(`${given}.verdict`)} when 'agree' then ${sql.ref(`${on}.label`)}
    else coalesce(${sql.ref(`${given}.label`)}, 'cannot-tell') end`

/** Impressions lead: few readings begin with one. */
const FIRST = sql`
  select i.case_id, i.reader, s.at, i.impression, r.label as answer, ${saysOf('v', 'r')} as final
  from impressions as i join signatures as s on s.case_id = i.case_id and s.kind = 'sign'
  join verdicts as v on v.id = s.verdict_id and v.result_id = i.result_id and v.reader = i.reader
  join results as r on r.id = i.result_id`

const SECOND = sql`
  select i.case_id, i.reader, x.at, i.impression, r.label as answer, ${saysOf('x', 'r')} as final
  from impressions as i
  join second_readings as x on x.case_id = i.case_id and x.result_id = i.result_id and x.reader = i.reader
  join results as r on r.id = i.result_id`

const CHANGE = sql`case when final = impression then 'unchanged' when final = answer then 'towards'
  when impression = answer then 'away' else 'elsewhere' end`

const TRUTH = sql`case when truth = 'cannot-tell' then 'unknown'
  when impression != truth and final = truth then 'better' when impression = truth and final != truth then 'worse'
  when final = truth then 'still-right' else 'still-wrong' end`
