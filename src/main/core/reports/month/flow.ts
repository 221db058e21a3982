import { drawBanner } from '../banner.ts'
import { lineHeight, MARGIN, type Sheet } from '../sheet.ts'

const FOOT = 48
const SIZE = 8
const ROW = 13
/** Between columns, pt. */
const GAP = 6

/** A column of a table: its name, and its share of the width. */
export type Column = [name: string, share: number]

/** What is drawn from top to bottom, over as many pages as it needs. */
export class Flow {
  readonly sheet: Sheet
  readonly #title: string
  readonly #pages: string
  readonly #foot: (sheet: Sheet, y: number) => void
  y = 0

  /** @param pages how many there will be */
  constructor(sheet: Sheet, title: string, pages: string, foot: (sheet: Sheet, y: number) => void) {
    this.sheet = sheet
    this.#title = title
    this.#pages = pages
    this.#foot = foot
    this.page()
  }

  page(): void {
    this.sheet.addPage()
    this.y = drawBanner(this.sheet, this.#title, this.sheet.words.texts.common.page(this.sheet.pages, this.#pages))
    this.#foot(this.sheet, this.sheet.height - FOOT + 6)
  }

  /** Begins another page where so much does not fit on this one, pt. */
  need(height: number): void {
    if (this.y + height > this.sheet.height - FOOT) this.page()
  }

  heading(text: string, after = 40): void {
    this.need(22 + after)
    this.sheet.line(text, { x: MARGIN, y: this.y + 6, width: this.sheet.inner, size: 10, bold: true, tag: 'H2' })
    this.y += 22
  }

  paragraph(text: string, size = SIZE): void {
    const place = { x: MARGIN, width: this.sheet.inner, size }
    const lines = this.sheet.wrap(text, place.width, place)
    this.need(lines.length * lineHeight(size))
    this.y = this.sheet.lines(lines, { ...place, y: this.y }) + 3
  }

  /** What is too long for its column goes on below; the names of the columns stand on each page again. */
  table(columns: Column[], rows: string[][]): void {
    this.need(3 * ROW)
    this.#head(columns)
    for (const row of rows) {
      if (this.y + this.#heightOf(columns, row) > this.sheet.height - FOOT) {
        this.page()
        this.#head(columns)
      }
      this.#row(columns, row, false)
    }
    this.y += 4
  }

  #head(columns: Column[]): void {
    const names = columns.map(([name]) => name)
    this.#row(columns, names, true)
    this.sheet.rule(this.y - 1)
    this.y += 2
  }

  #row(columns: Column[], cells: string[], bold: boolean): void {
    let x = MARGIN
    const lines = columns.map(([, share]) => {
      const width = share * this.sheet.inner
      x += width
      return { x: x - width, y: this.y, width: width - GAP, size: SIZE, bold, whole: true as const }
    })
    this.sheet.row(cells, lines)
    this.y += this.#heightOf(columns, cells, bold)
  }

  #heightOf(columns: Column[], cells: string[], bold = false): number {
    const lines = columns.map(([, share], i) => {
      const width = share * this.sheet.inner - GAP
      return this.sheet.wrap(cells[i] ?? '', width, { size: SIZE, bold }).length
    })
    return ROW + (Math.max(1, ...lines) - 1) * lineHeight(SIZE)
  }
}
