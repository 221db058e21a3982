import type { EntryFormat } from './types.ts'

const COLUMNS = ['sequence', 'at', 'actor', 'act', 'subject', 'detail', 'previousHash', 'hash'] as const

/** RFC 4180: a header line, quotes doubled, lines end with CRLF. */
export const csv: EntryFormat = {
  mediaType: 'text/csv; charset=utf-8',
  extension: 'csv',
  before: `${COLUMNS.join(',')}\r\n`,
  entry: (entry) => `${COLUMNS.map((column) => cell(entry[column])).join(',')}\r\n`,
  after: '',
}

/** A cell that begins like a formula gets an apostrophe before it, so that no spreadsheet computes what a name says. */
function cell(value: string | number): string {
  const text = String(value)
  const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
