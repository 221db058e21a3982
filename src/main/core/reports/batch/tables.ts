import { caseCode } from '../../../../shared/case-code.ts'
import { VERDICT_NAMES } from '../../../../shared/cases.ts'
import { formatConfidence, LABEL_NAMES, VERDICT_LABEL_NAMES } from '../../../../shared/labels.ts'
import { drawBanner } from '../banner.ts'
import { MARGIN, type Sheet } from '../sheet.ts'
import type { EyesRow, FailedRow, Rows } from './data.ts'

export interface Table<T> {
  title: string
  columns: { name: string; share: number }[]
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
const ROW = 13
const FOOT = 36
const SIZE = 8

export const EYES: Table<EyesRow> = {
  title: 'Cases, those that need eyes first at the top',
  columns: [
    { name: 'File', share: 0.33 },
    { name: 'Code', share: 0.12 },
    { name: 'Model says', share: 0.16 },
    { name: 'Conf.', share: 0.07 },
    { name: 'Verdict', share: 0.32 },
  ],
  cells: ({ caseId, fileName, label, confidence, verdict }) => [
    fileName,
    caseCode(caseId),
    LABEL_NAMES[label],
    formatConfidence(confidence),
    verdictOf(verdict),
  ],
}

export const FAILED: Table<FailedRow> = {
  title: 'Files that could not be read: they have no second opinion',
  columns: [
    { name: 'File', share: 0.36 },
    { name: 'Reason', share: 0.64 },
  ],
  cells: ({ fileName, failure }) => [fileName, `${failure.message} [${failure.code}]`],
}

function verdictOf(verdict: EyesRow['verdict']): string {
  if (!verdict) return 'unread'
  const label = verdict.label ? `: ${VERDICT_LABEL_NAMES[verdict.label]}` : ''
  return `${VERDICT_NAMES[verdict.verdict]}${label} (${verdict.reader})`
}

const rowsOnPage = (sheet: Sheet) => Math.floor((sheet.height - TOP - HEAD - FOOT) / ROW)

export const pagesOfTable = <T>(sheet: Sheet, _table: Table<T>, { count }: Rows<T>): number =>
  Math.ceil(count / rowsOnPage(sheet))

/** Draws a table over as many pages as it needs; a row is one line. */
export async function drawTable<T>(
  sheet: Sheet,
  table: Table<T>,
  { count, rows }: Rows<T>,
  frame: Frame,
): Promise<void> {
  const perPage = rowsOnPage(sheet)
  let drawn = 0
  for await (const row of rows) {
    if (drawn % perPage === 0) {
      await frame.wait()
      sheet.forgetWords()
      beginPage(sheet, table, frame)
    }
    drawRow(sheet, table, table.cells(row), TOP + HEAD + (drawn % perPage) * ROW)
    drawn += 1
  }
  if (drawn !== count) throw new Error(`${count} rows were announced and ${drawn} came`)
}

function beginPage<T>(sheet: Sheet, table: Table<T>, { title, pages }: Frame): void {
  sheet.addPage()
  const y = drawBanner(sheet, title, `Page ${sheet.pages} of ${pages}`)
  sheet.line(table.title, { x: MARGIN, y, width: sheet.inner, size: 10, bold: true, tag: 'H2' })
  const names = table.columns.map(({ name }) => name)
  drawRow(sheet, table, names, y + 18, true)
  sheet.rule(TOP + HEAD - 2)
}

function drawRow<T>(sheet: Sheet, { columns }: Table<T>, cells: string[], y: number, bold = false): void {
  let x = MARGIN
  const lines = columns.map(({ share }) => {
    const width = share * sheet.inner
    x += width
    return { x: x - width, y, width: width - 6, size: SIZE, bold }
  })
  sheet.row(cells, lines)
}
