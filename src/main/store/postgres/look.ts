import { type Kysely, sql, type Transaction } from 'kysely'
import type { AuditBreak, BreakKind } from '../../../shared/audit.ts'
import { COUNTED_COLUMNS } from '../case-counts.ts'
import type { Database } from '../schema.ts'
import type { VerifyFollowing } from '../types.ts'
import { breakBeside } from '../verify/break.ts'
import { step, walk } from '../verify/following.ts'

const COUNTED = COUNTED_COLUMNS.join(', ')

/** Cases that are looked at in one statement: some 100 ms of work, and no statement may take as long as a large record would. */
const CASES = 1_000

interface Beside {
  last: number | null
  n: number
  text: string | null
  rank: string | null
}

/** What stands beside cases for the search and for the order of reading, against what is worked out of their rows. */
const besideQuery = (after: number) => sql<Beside>`
  select max(place) as last, count(*) as n, min(id) filter (where text_differs) as text,
    min(id) filter (where rank_differs) as rank
  from (
    select cases.rowid as place, cases.id,
      (kept.patient, kept.text) is distinct from (patient_text_of(cases), text_of(cases)) as text_differs,
      (urgency, waited) is distinct from (urgency_of(cases), waited_of(cases)) as rank_differs
    from cases left join case_texts as kept on kept.case_id = cases.id
    where cases.rowid > ${after} order by cases.rowid limit ${CASES}
  ) as looked`

async function besideCases(trx: Transaction<Database>, after: number) {
  const { rows } = await besideQuery(after).execute(trx)
  const { last = null, n = 0, text = null, rank = null } = rows[0] ?? {}
  const differing = text ? breakBeside('search-differs', `cases/${text}`) : null
  const broken = differing ?? (rank ? breakBeside('copy-differs', `cases/${rank}`) : null)
  return { last: last ?? undefined, n, broken }
}

/**
 * What differs, as rows of its kind and its name. Pages and indexes are not looked at: an administrator of PostgreSQL has
 * its checksums and `amcheck` for that.
 */
const LOOKS = [
  `select 'count-differs' as kind, 'case_counts/' || concat_ws('@', ${COUNTED_COLUMNS.map((name) => `nullif(${name}, '')`).join(', ')}) as what
   from (select ${COUNTED}, n from case_counts where n <> 0
     except select ${COUNTED}, count(*) from cases where dismissed_at is null group by ${COUNTED}) as kept limit 1`,
  `select 'count-differs' as kind, 'case_counts/' || concat_ws('@', ${COUNTED_COLUMNS.map((name) => `nullif(${name}, '')`).join(', ')}) as what
   from (select ${COUNTED}, count(*) from cases where dismissed_at is null group by ${COUNTED}
     except select ${COUNTED}, n from case_counts where n <> 0) as counted limit 1`,
  `select 'count-differs' as kind, 'batches/' || id as what from batches left join
     (select batch_id, count(*) as files,
       count(*) filter (where state in ('analysed', 'reviewed', 'signed')) as analysed,
       count(*) filter (where state = 'failed') as failed,
       count(*) filter (where state = 'skipped') as skipped
     from batch_files group by batch_id) as counted on counted.batch_id = batches.id
   where (batches.files, batches.analysed, batches.failed, batches.skipped) is distinct from
     (coalesce(counted.files, 0), coalesce(counted.analysed, 0), coalesce(counted.failed, 0), coalesce(counted.skipped, 0))
   limit 1`,
]

/** Whether what the screens read through is what the rows say: the search, the kept counts and the order of reading. */
export async function lookInDepartment(db: Kysely<Database>, following: VerifyFollowing): Promise<AuditBreak | null> {
  for (const look of LOOKS) {
    const { rows } = await step(db, following, (trx) => sql.raw<{ kind: BreakKind; what: string }>(look).execute(trx))
    const [found] = rows
    if (found) return breakBeside(found.kind, found.what)
  }
  const { n } = await db
    .selectFrom('cases')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return walk(db, following, { stage: 'database', total: n }, besideCases)
}
