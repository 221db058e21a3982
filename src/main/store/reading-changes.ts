import { type Kysely, sql } from 'kysely'
import { COUNTED_SOURCES } from '../../shared/cases.ts'
import type { JudgedCount } from '../../shared/interplay.ts'
import type { ReadingCount, ReadingFilter } from '../../shared/reading-changes.ts'
import { acquisitionIn } from './dicom.ts'
import type { Database } from './schema.ts'

/**
 * How readings changed once the answer was shown. A reading is an impression that was recorded before the answer, with what
 * the same reader then signed on the same result: a first verdict as it was signed first, or a second reading. Amendments
 * and adjudications know more than the answer, and are none. Cases that wait for a second reader are left out until they
 * were read.
 *
 * Samples are left out unless they are asked for: the model learned from them. Edited pictures always are.
 *
 * There is nothing to change a reading where the model does not judge the image.
 *
 * Truth is known where a third reader decided a case: what stands on it then, if that is a finding.
 *
 * @param reader whose; null is all
 */
export async function readingChanges(
  db: Kysely<Database>,
  filter: ReadingFilter,
  reader: string | null,
): Promise<ReadingCount[]> {
  const { rows } = await sql<ReadingCount & Facts>`
    with said as (${FIRST} union all ${SECOND}),
    known as (
      select said.*, cases.source, ${factsFor(filter)} as facts,
        case when cases.second = 'adjudicated' then ${saysOf('verdicts', 'results')} else 'cannot-tell' end as truth
      from said join cases on cases.id = said.case_id
      join verdicts on verdicts.id = cases.verdict_id join results on results.id = verdicts.result_id
      left join case_dicom on case_dicom.case_id = cases.id
      where cases.second not in ('marked', 'open'))
    select reader, substr(at, 1, 10) as day, ${CHANGE} as change, ${TRUTH} as truth, facts, count(*) as n from known
    where ${within(filter, reader)}
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4`.execute(db)
  return rows.filter(({ facts }) => isOf(filter, facts)).map(({ facts, ...row }) => row)
}

/**
 * What became of verdicts in cases that a third reader decided: of the first one as it was signed first and of the second
 * reading, whether an impression came before them or not. Those cases lead: there are few.
 */
export async function judgedVerdicts(
  db: Kysely<Database>,
  filter: ReadingFilter,
  reader: string | null,
): Promise<JudgedCount[]> {
  const { rows } = await sql<Omit<JudgedCount, 'right'> & { right: number } & Facts>`
    with decided as (
      select cases.id, cases.source, ${factsFor(filter)} as facts, ${saysOf('verdicts', 'results')} as truth from cases
      join verdicts on verdicts.id = cases.verdict_id join results on results.id = verdicts.result_id
      left join case_dicom on case_dicom.case_id = cases.id
      where cases.second = 'adjudicated'),
    said as (
      select d.source, d.facts, d.truth, v.reader, s.at, r.model_id as model, r.label as answer, ${saysOf('v', 'r')} as final
      from decided as d join signatures as s on s.case_id = d.id and s.kind = 'sign'
      join verdicts as v on v.id = s.verdict_id join results as r on r.id = v.result_id
      where r.label != 'unjudged'
      union all
      select d.source, d.facts, d.truth, x.reader, x.at, r.model_id, r.label, ${saysOf('x', 'r')}
      from decided as d join second_readings as x on x.case_id = d.id join results as r on r.id = x.result_id
      where r.label != 'unjudged')
    select case when final = answer then 'agreed' when final = 'cannot-tell' then final else 'overruled' end as stance,
      final = truth as right, facts, count(*) as n from said
    where truth != 'cannot-tell' and ${within(filter, reader)} group by 1, 2, 3`.execute(db)
  return rows
    .filter(({ facts }) => isOf(filter, facts))
    .map(({ facts, ...row }) => ({ ...row, right: row.right === 1 }))
}

interface Facts {
  /** Of the case's DICOM file, where it is asked for by them. */
  facts: string
}

/** Counts are told by them only where it matters: each case has facts of its own. */
const factsFor = ({ scanner = null, sequence = null }: ReadingFilter) =>
  scanner === null && sequence === null ? sql.lit('') : sql`coalesce(case_dicom.facts, '')`

/** The spelling of a scanner is no business of SQL. */
function isOf({ scanner = null, sequence = null }: ReadingFilter, facts: string): boolean {
  const taken = acquisitionIn(facts)
  return (scanner === null || taken.scanner === scanner) && (sequence === null || taken.sequence === sequence)
}

function within({ from, until, model = null, source = null }: ReadingFilter, reader: string | null) {
  const conditions = [
    ...(from === null ? [] : [sql`at >= ${from}`]),
    ...(until === null ? [] : [sql`at < ${until}`]),
    ...(model === null ? [] : [sql`model = ${model}`]),
    source === null ? sql`source in (${sql.join(COUNTED_SOURCES)})` : sql`source = ${source} and source != 'edited'`,
    ...(reader === null ? [] : [sql`reader = ${reader}`]),
  ]
  return sql.join(conditions, sql` and `)
}

/** What a verdict in `given` says on its answer. */
const saysOf = (given: string, on: string) =>
  sql<string>`case ${sql.ref(`${given}.verdict`)} when 'agree' then ${sql.ref(`${on}.label`)}
    else coalesce(${sql.ref(`${given}.label`)}, 'cannot-tell') end`

/** Impressions lead: few readings begin with one. */
const FIRST = sql`
  select i.case_id, i.reader, s.at, i.impression, r.model_id as model, r.label as answer, ${saysOf('v', 'r')} as final
  from impressions as i join signatures as s on s.case_id = i.case_id and s.kind = 'sign'
  join verdicts as v on v.id = s.verdict_id and v.result_id = i.result_id and v.reader = i.reader
  join results as r on r.id = i.result_id and r.label != 'unjudged'`

const SECOND = sql`
  select i.case_id, i.reader, x.at, i.impression, r.model_id as model, r.label as answer, ${saysOf('x', 'r')} as final
  from impressions as i
  join second_readings as x on x.case_id = i.case_id and x.result_id = i.result_id and x.reader = i.reader
  join results as r on r.id = i.result_id and r.label != 'unjudged'`

const CHANGE = sql`case when final = impression then 'unchanged' when final = answer then 'towards'
  when impression = answer then 'away' else 'elsewhere' end`

const TRUTH = sql`case when truth = 'cannot-tell' then 'unknown'
  when impression != truth and final = truth then 'better' when impression = truth and final != truth then 'worse'
  when final = truth then 'still-right' else 'still-wrong' end`
