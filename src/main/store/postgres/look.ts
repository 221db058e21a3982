import { type Kysely, sql } from 'kysely'
import type { AuditBreak, BreakKind } from '../../../shared/audit.ts'
import { COUNTED_COLUMNS } from '../case-counts.ts'
import type { Database } from '../schema.ts'
import type { VerifyFollowing } from '../types.ts'
import { breakBeside } from '../verify/break.ts'
import { step } from '../verify/following.ts'

const COUNTED = COUNTED_COLUMNS.join(', ')

/**
 * What differs, as rows of its kind and its name. Pages and indexes are not looked at: an administrator of PostgreSQL has
 * its checksums and `amcheck` for that.
 */
const LOOKS = [
  `select 'search-differs' as kind, 'cases/' || cases.id as what from cases
     left join case_texts as kept on kept.case_id = cases.id
   where (kept.patient, kept.text) is distinct from (patient_text_of(cases), text_of(cases)) limit 1`,
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
  `select 'copy-differs' as kind, 'cases/' || id as what from cases
   where (urgency, waited) is distinct from (urgency_of(cases), waited_of(cases)) limit 1`,
]

/** Whether what the screens read through is what the rows say: the search, the kept counts and the order of reading. */
export async function lookInDepartment(db: Kysely<Database>, following: VerifyFollowing): Promise<AuditBreak | null> {
  for (const [done, look] of LOOKS.entries()) {
    following.onProgress?.({ stage: 'database', done, total: LOOKS.length })
    const { rows } = await step(db, following, (trx) => sql.raw<{ kind: BreakKind; what: string }>(look).execute(trx))
    const [found] = rows
    if (found) return breakBeside(found.kind, found.what)
  }
  following.onProgress?.({ stage: 'database', done: LOOKS.length, total: LOOKS.length })
  return null
}
