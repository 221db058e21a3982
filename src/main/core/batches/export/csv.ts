import type { Cell } from './table.ts'

/** Without it Excel takes UTF-8 for something else. */
const BYTE_ORDER_MARK = '\ufeff'
const encoder = new TextEncoder()

/** RFC 4180, UTF-8, with a byte order mark. */
export async function* toCsv(table: AsyncIterable<Cell[][]>): AsyncGenerator<Uint8Array> {
  yield encoder.encode(BYTE_ORDER_MARK)
  for await (const rows of table) yield encoder.encode(rows.map(lineOf).join(''))
}

const lineOf = (row: Cell[]) => `${row.map(fieldOf).join(',')}\r\n`

function fieldOf(cell: Cell): string {
  if (cell === null) return ''
  const text = String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
