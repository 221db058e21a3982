import type { Cell } from './table.ts'

/** What Excel can open. */
export const MOST_ROWS = 2 ** 20

/** A workbook with one sheet, made as the table is read: memory stays flat, however many rows there are. */
export async function* toXlsx(table: AsyncIterable<Cell[][]>): AsyncGenerator<Uint8Array> {
  // Loaded when it is needed: no start pays for it.
  const { writeXlsxStream } = await import('hucre/xlsx')
  // The header stays in view.
  yield* writeXlsxStream(rowsOf(table), { name: 'Batch', freezePane: { rows: 1 } })
}

async function* rowsOf(table: AsyncIterable<Cell[][]>): AsyncGenerator<Cell[]> {
  for await (const rows of table) for (const row of rows) yield row.map(spelled)
}

/** The library leaves three things to us: halves of letters, what no XML may hold, and that Excel reads `_x0041_` as A. */
const spelled = (cell: Cell): Cell =>
  typeof cell === 'string'
    ? cell
        .toWellFormed()
        .replace(/[\ufffe\uffff]/g, '\ufffd')
        .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    : cell
