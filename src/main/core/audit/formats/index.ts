import type { AuditFormat, AuditPage, AuditPlace, AuditQuery } from '../../../../shared/audit.ts'
import type { Asker, ReadStore } from '../../../store/types.ts'
import type { Download } from '../../downloads.ts'
import { atna } from './atna.ts'
import { csv } from './csv.ts'
import { json } from './json.ts'
import type { About, EntryFormat } from './types.ts'

const FORMATS: Record<AuditFormat, EntryFormat> = { csv, json, atna }
const PAGE = 500

/**
 * Entries that a query asks for, newest first, as text in pieces: a million of them take no more memory than a page.
 *
 * @param reader from whom verdicts are kept that wait for a second reading; null is told all
 */
export async function exportEntries(
  store: ReadStore,
  name: AuditFormat,
  query: AuditQuery,
  reader: Asker,
): Promise<Download> {
  const format = FORMATS[name]
  const { installation } = await store.auditSettings()
  const day = new Date().toISOString().slice(0, 10)
  const content = write((after) => store.listAudit(query, after, PAGE, reader), format, { installation })
  return { fileName: `gyrus-audit-${day}.${format.extension}`, mediaType: format.mediaType, content }
}

type PageAfter = (after: AuditPlace | null) => Promise<AuditPage>

async function* write(pageAfter: PageAfter, format: EntryFormat, about: About): AsyncGenerator<string> {
  yield format.before
  let first = true
  for (let after: AuditPlace | null = null; ; ) {
    const page = await pageAfter(after)
    const pieces = page.entries.map((entry, index) => format.entry(entry, about, first && index === 0))
    if (pieces.length > 0) yield pieces.join('')
    first = first && pieces.length === 0
    if (!page.next) break
    after = page.next
  }
  yield format.after
}
