import type { Kysely, Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import { GyrusError } from '../../shared/errors.ts'
import type { ReadingSettings } from '../../shared/reading.ts'
import { appendAudit } from './audit.ts'
import { findCase } from './case-detail.ts'
import { isHidden } from './hidden.ts'
import type { Database } from './schema.ts'
import type { NewImpression } from './types.ts'

/** Stands for the department among the readers; no account has this name. */
const DEPARTMENT = ''

/** What a reader thought of an unread case before they were shown the answer. */
export async function addImpression(trx: Transaction<Database>, given: NewImpression): Promise<void> {
  const { caseId, reader, impression } = given
  const found = await findCase(trx, caseId)
  if (found.result_id === null || !(await isHidden(trx, caseId, reader))) throw new GyrusError('impression-late')
  const at = timeNow()
  const row = await trx
    .insertInto('impressions')
    .values({ case_id: caseId, result_id: found.result_id, reader, impression, at })
    .returningAll()
    .executeTakeFirstOrThrow()
  const detail = { id: row.id, result: row.result_id, impression }
  const binds = [{ kind: 'impressions' as const, row }]
  await appendAudit(trx, at, [{ actor: reader, act: 'case.impression', subject: caseId, detail, binds }])
}

/** Whether impressions come first: for the whole department, and by a reader's own choice. */
export async function readingSettings(db: Kysely<Database>, reader: string): Promise<ReadingSettings> {
  const rows = await db.selectFrom('reading_settings').where('reader', 'in', [DEPARTMENT, reader]).selectAll().execute()
  const isOn = (name: string) => rows.some((row) => row.reader === name && row.impression_first === 1)
  return { department: isOn(DEPARTMENT), own: isOn(reader) }
}

/** `reader`: for whom; null is the whole department. */
export async function setImpressionFirst(
  trx: Transaction<Database>,
  reader: string | null,
  on: boolean,
  actor: string,
): Promise<void> {
  const impression_first = on ? 1 : 0
  await trx
    .insertInto('reading_settings')
    .values({ reader: reader ?? DEPARTMENT, impression_first })
    .onConflict((conflict) => conflict.column('reader').doUpdateSet({ impression_first }))
    .execute()
  const subject = reader ?? 'department'
  await appendAudit(trx, timeNow(), [{ actor, act: 'reading.impression-first-set', subject, detail: { on } }])
}
