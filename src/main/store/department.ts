import { randomUUID } from 'node:crypto'
import type { ExpressionBuilder, Kysely, Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import type { RecordMark } from './model-types.ts'
import type { Database } from './schema.ts'

const MODEL = 'model'
const RECORD = 'record'
const MARKED = 'files-marked'

/** Which model the department began with: that of the workstation that said so first. @param mine SHA-256 of its weights */
export const departmentModel = (trx: Transaction<Database>, mine: string): Promise<string> => agreed(trx, MODEL, mine)

export async function recordMark(db: Kysely<Database>): Promise<RecordMark> {
  const rows = await db.selectFrom('department_settings').where('name', 'in', [RECORD, MARKED]).selectAll().execute()
  const id = rows.find(({ name }) => name === RECORD)?.value ?? null
  return { id, marked: rows.some(({ name }) => name === MARKED) }
}

export const recordId = (trx: Transaction<Database>): Promise<string> => agreed(trx, RECORD, randomUUID())

export async function countResults(db: Kysely<Database>, since: string): Promise<number> {
  const count = (build: ExpressionBuilder<Database, 'results'>) => build.fn.countAll<number>().as('n')
  const { n } = await db.selectFrom('results').where('created_at', '>=', since).select(count).executeTakeFirstOrThrow()
  return Number(n)
}

/** Whoever writes waits meanwhile. */
export async function markFilesOnce(trx: Transaction<Database>, mark: () => Promise<void>): Promise<void> {
  if ((await recordMark(trx)).marked) return
  await mark()
  await agreed(trx, MARKED, timeNow())
}

/** A record that was moved has its files somewhere else from now on. */
export async function forgetMark(trx: Kysely<Database>): Promise<void> {
  await trx.deleteFrom('department_settings').where('name', 'in', [RECORD, MARKED]).execute()
}

/** What whoever said it first said. */
async function agreed(trx: Transaction<Database>, name: string, mine: string): Promise<string> {
  await trx
    .insertInto('department_settings')
    .values({ name, value: mine })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const { value } = await trx
    .selectFrom('department_settings')
    .where('name', '=', name)
    .select('value')
    .executeTakeFirstOrThrow()
  return value
}
