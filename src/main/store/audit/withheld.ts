import type { Kysely } from 'kysely'
import { type AuditEntryRow, WITHHELD_DETAIL } from '../../../shared/audit.ts'
import type { Database } from '../schema.ts'
import { KEPT_SECONDS } from '../second-state.ts'
import type { Asker } from '../types.ts'

/** Acts whose detail says what a reader thinks that a case is. */
const TELLING = new Set(['case.reviewed', 'case.amended', 'case.impression', 'case.second-read', 'case.adjudicated'])

/**
 * Entries as `reader` may see them: of a case that waits for a second reading, what others say of it is kept back, as the
 * case itself keeps it back. All else of the entry stays. Its hash gives nothing away: it covers salted digests, too.
 *
 * @param entries no more than a page of them: each is a variable of a query
 */
export async function withheldFrom(
  db: Kysely<Database>,
  entries: AuditEntryRow[],
  reader: Asker,
): Promise<AuditEntryRow[]> {
  if (reader === null) return entries
  const tells = ({ act, actor }: AuditEntryRow) => TELLING.has(act) && actor !== reader
  const subjects = [...new Set(entries.filter(tells).map(({ subject }) => subject))]
  if (subjects.length === 0) return entries
  const rows = await db
    .selectFrom('cases')
    .where('id', 'in', subjects)
    .where('second', 'in', KEPT_SECONDS)
    .select('id')
    .execute()
  const kept = new Set(rows.map(({ id }) => id))
  return entries.map((entry) =>
    tells(entry) && kept.has(entry.subject) ? { ...entry, detail: WITHHELD_DETAIL } : entry,
  )
}
