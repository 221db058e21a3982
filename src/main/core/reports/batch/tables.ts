import { caseCode } from '../../../../shared/case-code.ts'
import { formatConfidence } from '../../../../shared/labels.ts'
import { passedOverWords } from '../../../../shared/passed-over-words.ts'
import { drawBanner } from '../banner.ts'
import { lineHeight, MARGIN, type Sheet } from '../sheet.ts'
import type { Words } from '../words.ts'
import type { EyesRow, FailedRow, PassedOverRow, Rows } from './data.ts'

export interface Table<T> {
  title: string
  /** `share` of the page's width; `whole`: in as many lines as the text needs, where others are cut to one. */
  columns: { name: string; share: number; whole?: true }[]
  cells(row: T): string[]
}

/** What each page has around its table, and how it waits until the pages before are written. */
export interface Frame {
  title: string
  pages: number
  wait(): Promise<void>
}

const TOP = 78
const HEAD = 34
const FOOT = 36
const SIZE = 8
const LINE = lineHeight(SIZE)
/** Between two rows, and between two columns. */
const GAP = 2
const BETWEEN = 6

/** The tables of a summary: what needs eyes first, what failed, what was passed over. */
export const tablesIn = (words: Words) => ({
  eyes: eyesIn(words),
  failed: failedIn(words),
  passedOver: passedOverIn(words),
})

function eyesIn(words: Words): Table<EyesRow> {
  const { title, columns } = words.texts.batch.eyes
  return {
    title,
    columns: [
      { name: columns.file, share: 0.33 },
      { name: columns.code, share: 0.12 },
      { name: columns.label, share: 0.16 },
      { name: columns.confidence, share: 0.07 },
      { name: columns.verdict, share: 0.32 },
    ],
    cells: ({ caseId, fileName, label, confidence, verdict }) => [
      fileName,
      caseCode(caseId),
      words.called[label],
      confidence === null ? '–' : formatConfidence(confidence, words.language),
      verdictOf(verdict, words),
    ],
  }
}

function failedIn({ failure: said, texts }: Words): Table<FailedRow> {
  const { title, columns } = texts.batch.failed
  return {
    title,
    columns: [
      { name: columns.file, share: 0.36 },
      { name: columns.reason, share: 0.64, whole: true },
    ],
    cells: ({ fileName, failure }) => [fileName, said(failure).message],
  }
}

function passedOverIn({ passedOver, texts }: Words): Table<PassedOverRow> {
  const { title, columns, more } = texts.batch.passedOver
  return {
    title,
    columns: [
      { name: columns.what, share: 0.36, whole: true },
      { name: columns.file, share: 0.64, whole: true },
    ],
    cells: (row) => [passedOverWords(row, passedOver), row.fileName ?? more(row.files)],
  }
}

function verdictOf(verdict: EyesRow['verdict'], { verdicts, verdictLabels, texts }: Words): string {
  const { says, unread } = texts.batch.eyes
  if (!verdict) return unread
  return says(verdicts[verdict.verdict], verdict.label && verdictLabels[verdict.label], verdict.reader)
}

/** How many pages the table takes. Rows that may have different heights are read for that. */
export async function pagesOfTable<T>(sheet: Sheet, table: Table<T>, { count, read }: Rows<T>): Promise<number> {
  const places = new Places(sheet)
  if (!table.columns.some(({ whole }) => whole)) {
    for (let row = 0; row < count; row++) places.next(1)
    return places.pages
  }
  for await (const row of read()) {
    if (places.next(linesOf(sheet, table, table.cells(row))).newPage) sheet.forgetWords()
  }
  return places.pages
}

/** Where rows of some lines lie, one after the other. */
class Places {
  pages = 0
  readonly #end: number
  #y = Number.POSITIVE_INFINITY

  constructor(sheet: Sheet) {
    this.#end = sheet.height - FOOT
  }

  next(lines: number): { y: number; newPage: boolean } {
    const height = lines * LINE + GAP
    const newPage = this.#y + height > this.#end
    if (newPage) {
      this.pages += 1
      this.#y = TOP + HEAD
    }
    const y = this.#y
    this.#y += height
    return { y, newPage }
  }
}

/** Draws a table over as many pages as it needs. */
export async function drawTable<T>(
  sheet: Sheet,
  table: Table<T>,
  { count, read }: Rows<T>,
  frame: Frame,
): Promise<void> {
  const places = new Places(sheet)
  let drawn = 0
  for await (const row of read()) {
    const cells = table.cells(row)
    const { y, newPage } = places.next(linesOf(sheet, table, cells))
    if (newPage) {
      await frame.wait()
      sheet.forgetWords()
      beginPage(sheet, table, frame)
    }
    drawRow(sheet, table, cells, y)
    drawn += 1
  }
  if (drawn !== count) throw new Error(`${count} rows were announced and ${drawn} came`)
}

function beginPage<T>(sheet: Sheet, table: Table<T>, { title, pages }: Frame): void {
  sheet.addPage()
  const y = drawBanner(sheet, title, sheet.words.texts.common.page(sheet.pages, String(pages)))
  sheet.line(table.title, { x: MARGIN, y, width: sheet.inner, size: 10, bold: true, tag: 'H2' })
  const names = table.columns.map(({ name }) => name)
  drawRow(sheet, table, names, y + 18, true)
  sheet.rule(TOP + HEAD - 2)
}

type Columns = { columns: { share: number; whole?: true }[] }

/** How many lines a row takes: as many as the longest of its texts that are not cut. */
function linesOf(sheet: Sheet, { columns }: Columns, cells: string[]): number {
  const heights = columns.map(({ share, whole }, i) =>
    whole ? sheet.wrap(cells[i] ?? '', share * sheet.inner - BETWEEN, { size: SIZE }).length : 1,
  )
  return Math.max(...heights)
}

function drawRow(sheet: Sheet, { columns }: Columns, cells: string[], y: number, bold = false): void {
  let x = MARGIN
  const lines = columns.map(({ share, whole }) => {
    const width = share * sheet.inner
    x += width
    return { x: x - width, y, width: width - BETWEEN, size: SIZE, bold, ...(whole && { whole }) }
  })
  sheet.row(cells, lines)
}
