import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import { NO_RESULT } from '../../../shared/attention.ts'
import type { AuditBreak } from '../../../shared/audit.ts'
import { confidencesOf, standingCopies } from '../rows.ts'
import type { BatchFilesTable, CaseRecord, Database, ResultRecord } from '../schema.ts'
import type { VerifyFollowing } from '../types.ts'
import { breakBeside } from './break.ts'
import { CHUNK, walk } from './following.ts'

type File = Selectable<BatchFilesTable> & { place: number }
type Case = Pick<CaseRecord, 'id' | 'state' | 'result_id'>
type Copies = Pick<File, 'label' | 'confidence' | 'calm'>

const NONE: Copies = { label: '', confidence: -1, calm: NO_RESULT }

/**
 * What stands on the files of batches is a copy of what their cases come to, by which pages sort and count and which the
 * summary prints. Ends at the first file where it is not.
 */
export async function checkBatchFiles(db: Kysely<Database>, following: VerifyFollowing): Promise<AuditBreak | null> {
  const { n: total } = await db
    .selectFrom('batch_files')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return walk(db, following, { stage: 'batches', total }, checkChunk)
}

/** In the order of the row ids, which reads the rows themselves and not what an index says of them. */
async function checkChunk(trx: Transaction<Database>, after: number) {
  const { rows: files } = await sql<File>`
    select rowid as place, * from batch_files where rowid > ${after} order by rowid limit ${CHUNK}`.execute(trx)
  const last = files.at(-1)?.place
  if (last === undefined) return { broken: null, last, n: 0 }
  const ids = [...new Set(files.flatMap(({ case_id }) => case_id ?? []))]
  const { cases, results } = await casesOf(trx, ids)
  const differs = files.find((file) => {
    const own = file.case_id === null ? undefined : cases.get(file.case_id)
    return !(own ? isCopyOf(file, own, results.get(own.id) ?? []) : isWithout(file))
  })
  const what = differs && `batch_files/${differs.batch_id}@${differs.seq}`
  return { broken: what === undefined ? null : breakBeside('copy-differs', what), last, n: files.length }
}

async function casesOf(trx: Transaction<Database>, ids: string[]) {
  if (ids.length === 0) return { cases: new Map<string, Case>(), results: new Map<string, ResultRecord[]>() }
  const { rows } = await sql<Case>`select id, state, result_id from cases
    where rowid in (select rowid from cases where id in (${sql.join(ids)}))`.execute(trx)
  const results = await trx.selectFrom('results').where('case_id', 'in', ids).selectAll().execute()
  return { cases: new Map(rows.map((row) => [row.id, row])), results: Map.groupBy(results, ({ case_id }) => case_id) }
}

/** A file that has no case (yet) waits, or could not even be looked for. */
const isWithout = (file: File) =>
  file.case_id === null && isSame(file, NONE) && file.state === (file.error_code === null ? 'waiting' : 'failed')

/** A skipped file has what stood when it was linked; all others have what stands now. */
function isCopyOf(file: File, own: Case, results: ResultRecord[]): boolean {
  if (file.state === 'skipped') {
    return results.length === 0 ? isSame(file, NONE) : results.some((result) => isSame(file, copiesOf(result)))
  }
  const standing = results.find(({ id }) => id === own.result_id)
  // To be tried again, it waits until its case moves.
  const inState = file.state === own.state || (file.state === 'waiting' && own.state === 'failed')
  return inState && isSame(file, copiesOf(standing))
}

const copiesOf = (result: ResultRecord | undefined): Copies =>
  result ? standingCopies(result.label, confidencesOf(result)) : NONE

const isSame = (file: File, copies: Copies) =>
  file.label === copies.label && file.confidence === copies.confidence && file.calm === copies.calm
