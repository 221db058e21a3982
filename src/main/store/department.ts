import type { Transaction } from 'kysely'
import type { Database } from './schema.ts'

const MODEL = 'model'

/** Which model the department began with: that of the workstation that said so first. @param mine SHA-256 of its weights */
export async function departmentModel(trx: Transaction<Database>, mine: string): Promise<string> {
  await trx
    .insertInto('department_settings')
    .values({ name: MODEL, value: mine })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const { value } = await trx
    .selectFrom('department_settings')
    .where('name', '=', MODEL)
    .select('value')
    .executeTakeFirstOrThrow()
  return value
}
