import type { Kysely, Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import { LANGUAGES, type Language } from '../../shared/language.ts'
import { appendAudit } from './audit.ts'
import type { Database } from './schema.ts'

const DEPARTMENT = 'department'

/** Null where none was chosen. */
export async function departmentLanguage(db: Kysely<Database>): Promise<Language | null> {
  const row = await db
    .selectFrom('language_settings')
    .where('name', '=', DEPARTMENT)
    .select('language')
    .executeTakeFirst()
  // One that a newer Gyrus knew is none.
  return LANGUAGES.find((known) => known === row?.language) ?? null
}

/** The same again makes no entry. */
export async function setDepartmentLanguage(
  trx: Transaction<Database>,
  language: Language | null,
  actor: string,
): Promise<void> {
  const before = await departmentLanguage(trx)
  if (before === language) return
  await trx.deleteFrom('language_settings').where('name', '=', DEPARTMENT).execute()
  if (language !== null) await trx.insertInto('language_settings').values({ name: DEPARTMENT, language }).execute()
  await appendAudit(trx, timeNow(), [
    { actor, act: 'language.department-set', subject: DEPARTMENT, detail: { language, before } },
  ])
}
