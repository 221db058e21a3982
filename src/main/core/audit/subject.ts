import type { AuditQuery } from '../../../shared/audit.ts'
import type { ReadStore } from '../../store/types.ts'

/** A code of a printed report, or as much of the end of an id as the page shows. */
const END = /^[0-9a-f-]{8,31}$/i

/** The same query about the case or batch whose id ends as was typed; as it was where there is none, or more than one. */
export async function withWholeSubject(store: ReadStore, query: AuditQuery): Promise<AuditQuery> {
  const end = query.subject.replace(/^…/, '').replaceAll('-', '').toLowerCase()
  if (!END.test(end)) return query
  const [id, ...others] = await store.idsEnding(end)
  return id !== undefined && others.length === 0 ? { ...query, subject: id } : query
}
