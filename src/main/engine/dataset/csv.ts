import { basename } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { readSetFile } from './sealed.ts'

export interface Row<Column extends string> {
  /** Line of the file, from 1. */
  line: number
  /** Trimmed; empty where the cell is empty or the column is not there. */
  cells: Record<Column, string>
}

/**
 * A table with a header line. Tolerant of what spreadsheets do (byte order mark, CRLF, semicolons, quotes, order and case
 * of the columns, empty lines), strict about the rest: a column too many is as suspicious as one too few.
 *
 * @throws GyrusError `dataset-csv-columns`, `dataset-csv-row`, `file-missing`, `file-unreadable`
 */
export async function readTable<R extends string, O extends string>(
  path: string,
  columns: { required: readonly R[]; optional: readonly O[] },
): Promise<Row<R | O>[]> {
  const bytes = await readSetFile(path).catch((error) => Promise.reject(asFileError(error)))
  const text = Buffer.from(bytes).toString('utf8')
  const file = basename(path)
  const [header, ...rows] = parse(text.replace(/^\uFEFF/, ''), file)
  const names = (header?.cells ?? []).map((name) => name.toLowerCase())
  checkColumns(names, columns, file)
  const known = [...columns.required, ...columns.optional]
  return rows.map(({ line, cells }) => {
    if (cells.length !== names.length) {
      const reason = `it has ${cells.length} cells, the header has ${names.length}`
      throw new GyrusError('dataset-csv-row', { file, line, reason })
    }
    const entries = known.map((name) => [name, cells[names.indexOf(name)] ?? ''])
    return { line, cells: Object.fromEntries(entries) as Record<R | O, string> }
  })
}

function checkColumns(
  names: string[],
  { required, optional }: { required: readonly string[]; optional: readonly string[] },
  file: string,
): void {
  const missing = required.filter((name) => !names.includes(name))
  const strange = names.filter((name, i) => ![...required, ...optional].includes(name) || names.indexOf(name) !== i)
  if (missing.length + strange.length === 0) return
  const reasons = [
    missing.length > 0 ? `missing: ${missing.join(', ')}` : '',
    strange.length > 0 ? `not expected: ${strange.map((name) => name || '(no name)').join(', ')}` : '',
  ]
  const expected = [...required, ...optional.map((name) => `[${name}]`)].join(', ')
  throw new GyrusError('dataset-csv-columns', { file, reason: reasons.filter(Boolean).join('; '), expected })
}

/** RFC 4180, with `;` for a separator where the header has no comma. Empty lines are left out. */
function parse(text: string, file: string): { line: number; cells: string[] }[] {
  const header = /^.*/.exec(text)?.[0] ?? ''
  const separator = !header.includes(',') && header.includes(';') ? ';' : ','
  const rows: { line: number; cells: string[] }[] = []
  // One cell and what ends it; a quoted one may hold separators, line ends and doubled quotes.
  const cell = new RegExp(`[ \\t]*(?:"((?:[^"]|"")*)"[ \\t]*|([^${separator}"\\r\\n]*))(${separator}|\\r?\\n|$)`, 'y')
  let line = 1
  let cells: string[] = []
  for (let first = 1; cell.lastIndex < text.length || cells.length > 0; ) {
    const match = cell.exec(text)
    if (!match) throw new GyrusError('dataset-csv-row', { file, line, reason: 'a quote is out of place' })
    const [whole, quoted, bare = '', end = ''] = match
    cells.push((quoted?.replaceAll('""', '"') ?? bare).trim())
    line += whole.split('\n').length - 1
    if (end === separator) continue
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: first, cells })
    cells = []
    first = line
    if (end === '') break
  }
  return rows
}
