import type { Kysely } from 'kysely'
import type { EditedFrom } from '../../shared/cases.ts'
import type { Database } from './schema.ts'

/** The case whose file was edited to become this one's; null where it is as it came. */
export async function editedFromOf(db: Kysely<Database>, caseId: string): Promise<EditedFrom | null> {
  const row = await db
    .selectFrom('edited_scans')
    .where('case_id', '=', caseId)
    .select(['origin_id', 'experiment_id'])
    .executeTakeFirst()
  return row ? { caseId: row.origin_id, experiment: row.experiment_id } : null
}
