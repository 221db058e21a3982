import { type Kysely, sql, type Transaction } from 'kysely'
import { PASSED_OVER, type PassedOver, passedOverSchema } from '../../shared/passed-over.ts'
import type { Database } from './schema.ts'

/** All files of a batch are known, and what was passed over on the way; a walk that began again says it anew. */
export async function batchListed(trx: Transaction<Database>, id: string, passedOver: PassedOver[]): Promise<void> {
  const files = passedOver.reduce((sum, one) => sum + one.files, 0)
  await trx.updateTable('batches').set({ listed: 1, passed_over: files }).where('id', '=', id).execute()
  await trx.deleteFrom('batch_passed_over').where('batch_id', '=', id).execute()
  const rows = passedOver.map((one) => ({ ...one, batch_id: id, paths: JSON.stringify(one.paths) }))
  if (rows.length > 0) await trx.insertInto('batch_passed_over').values(rows).execute()
}

/** In the order of `PASSED_OVER`; none of a batch of an older Gyrus, which has the number alone. */
export async function passedOver(db: Kysely<Database>, id: string): Promise<PassedOver[]> {
  const rows = await db
    .selectFrom('batch_passed_over')
    .where('batch_id', '=', id)
    .select(['kind', 'files', 'paths'])
    .execute()
  const list = rows.map((row) => passedOverSchema.parse({ ...row, paths: JSON.parse(row.paths) }))
  return list.sort((a, b) => PASSED_OVER.indexOf(a.kind) - PASSED_OVER.indexOf(b.kind))
}

/** What lay beside a patient's images may be called after them: of the batches of an erased case the numbers stay. */
export async function erasePassedOver(trx: Transaction<Database>, caseId: string): Promise<void> {
  await trx
    .updateTable('batch_passed_over')
    .set({ paths: '[]' })
    .where('batch_id', 'in', sql<string>`(select batch_id from batch_files where case_id = ${caseId})`)
    .execute()
}
