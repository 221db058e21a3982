import { sql, type Transaction } from 'kysely'
import type { Agreed } from '../../shared/batches.ts'
import { seenBy } from './batch-files.ts'
import { hiddenFrom } from './hidden.ts'
import { review } from './review.ts'
import type { Database } from './schema.ts'
import type { Blind } from './types.ts'

/** Agrees with unread cases whose result this reader had on the screen. Nobody's verdict is superseded. */
export async function agreeWith(
  trx: Transaction<Database>,
  caseIds: string[],
  reader: string,
  blind: Blind = null,
): Promise<Agreed> {
  const ids = [...new Set(caseIds)]
  const rows = await trx
    .selectFrom('cases')
    .innerJoin('results', 'results.id', 'cases.result_id')
    .where('cases.id', 'in', ids)
    .where('cases.state', '=', 'analysed')
    .where('cases.label', '!=', 'unjudged')
    .where('cases.id', 'not in', (eb) => eb.selectFrom('erasures').select('case_id'))
    .where('cases.id', 'not in', (eb) => eb.selectFrom('slices').where('listed', '=', 0).select('case_id'))
    .select(['cases.id', seenBy(reader).as('opened')])
    .select((blind === null ? sql<number>`0` : hiddenFrom(blind)).as('hidden'))
    .execute()
  const opened = rows.filter((row) => row.opened === 1 && row.hidden === 0)
  for (const { id } of opened) {
    await review(trx, { caseId: id, reader, verdict: 'agree', label: null, comment: '' })
  }
  const agreed = opened.length
  return { agreed, notOpened: rows.length - agreed, notReviewable: ids.length - rows.length }
}
