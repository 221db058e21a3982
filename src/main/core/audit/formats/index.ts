import type { AuditFormat, AuditQuery } from '../../../../shared/audit.ts'
import type { ReadStore } from '../../../store/types.ts'
import type { Download } from '../../downloads.ts'
import { atna } from './atna.ts'
import { csv } from './csv.ts'
import { json } from './json.ts'
import type { About, EntryFormat } from './types.ts'

const FORMATS: Record<AuditFormat, EntryFormat> = { csv, json, atna }
const PAGE = 500

/** Entries that a query asks for, newest first, as text in pieces: a million of them take no more memory than a page. */
export async function exportEntries(store: ReadStore, name: AuditFormat, query: AuditQuery): Promise<Download> {
  const format = FORMATS[name]
  const { installation } = await store.auditSettings()
  const day = new Date().toISOString().slice(0, 10)
  const content = write(store, format, query, { installation })
  return { fileName: `gyrus-audit-${day}.${format.extension}`, mediaType: format.mediaType, content }
}

async function* write(store: ReadStore, format: EntryFormat, query: AuditQuery, about: About): AsyncGenerator<string> {
  yield format.before
  let first = true
  for (let after: Awaited<ReturnType<ReadStore['listAudit']>>['next'] = null; ; ) {
    const page = await store.listAudit(query, after, PAGE)
    const pieces = page.entries.map((entry, index) => format.entry(entry, about, first && index === 0))
    if (pieces.length > 0) yield pieces.join('')
    first = first && pieces.length === 0
    if (!page.next) break
    after = page.next
  }
  yield format.after
}
