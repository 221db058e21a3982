import { MARGIN, type Sheet } from '../sheet.ts'
import type { Words } from '../words.ts'

/** A value of a month; `low` and `high`: the ends of its interval. */
export interface Point {
  y: number | null
  low?: number | null
  high?: number | null
}

/** A small chart by month. */
export interface Trend {
  title: string
  months: string[]
  /** The second one is dashed, with open marks. */
  lines: { name: string; points: Point[] }[]
  write(y: number): string
  /** Least end of the y axis; it begins at 0. */
  most: number
  limit: number | null
}

export interface Place {
  x: number
  y: number
  width: number
  height: number
}

const [LEFT, TOP, BOTTOM, RIGHT] = [38, 30, 24, 8]
const SIZE = 6.5
const RADIUS = 2

/**
 * Draws a chart that needs no colour: the first line is whole with filled discs and has its intervals as whiskers, the
 * second one dashed with open squares; a dotted line is the limit. A screen reader is read the values.
 */
export function drawTrend(sheet: Sheet, trend: Trend, place: Place): void {
  const { x, y, width, height } = place
  sheet.line(trend.title, { x, y, width, size: 8.5, bold: true })
  drawLegend(sheet, trend, place)
  const end = niceEnd(mostOf(trend))
  const plot = { x: x + LEFT, y: y + TOP, width: width - LEFT - RIGHT, height: height - TOP - BOTTOM }
  const atX = (i: number) => plot.x + (plot.width * (i + 0.5)) / trend.months.length
  const atY = (value: number) => plot.y + plot.height * (1 - value / end)
  for (const part of [0, 0.5, 1]) {
    const label = { x, y: atY(part * end) - 4.5, width: LEFT - 4, size: SIZE, align: 'right' } as const
    sheet.line(trend.write(part * end), label)
  }
  drawMonths(sheet, trend.months, atX, plot)
  const across = (value: number) => sheet.doc.moveTo(plot.x, atY(value)).lineTo(plot.x + plot.width, atY(value))
  const draw = () => {
    const { doc } = sheet
    doc.lineWidth(0.4)
    for (const part of [0, 0.5, 1]) across(part * end).stroke('#999')
    if (trend.limit !== null && trend.limit <= end) {
      doc.lineWidth(0.9).dash(1, { space: 2 })
      across(trend.limit).stroke('#000').undash()
    }
    for (const [i, { points }] of trend.lines.entries()) drawPoints(sheet, points, { atX, atY, second: i > 0 })
  }
  sheet.tag('Figure', draw, { alt: inWords(trend, sheet.words) })
}

function drawLegend(sheet: Sheet, { lines, limit, write }: Trend, { x, y, width }: Place): void {
  let left = x
  const { limit: said } = sheet.words.texts.month.trends
  const names = [...lines.map(({ name }) => name), ...(limit === null ? [] : [said(write(limit))])]
  for (const [i, name] of names.entries()) {
    const style = i === lines.length ? 'limit' : i === 0 ? 'first' : 'second'
    sheet.artefact((doc) => {
      doc.lineWidth(style === 'limit' ? 0.9 : 1.1)
      if (style !== 'first') doc.dash(style === 'limit' ? 1 : 3, { space: 2 })
      doc
        .moveTo(left, y + 18)
        .lineTo(left + 18, y + 18)
        .stroke('#000')
        .undash()
      if (style !== 'limit') drawMark(doc, left + 9, y + 18, style === 'second')
    })
    sheet.line(name, { x: left + 22, y: y + 13.5, width: x + width - left - 22, size: SIZE })
    left += 22 + sheet.widthOf(name, { size: SIZE }) + 12
  }
}

/** `09` below each mark, and the year where it begins. */
function drawMonths(sheet: Sheet, months: string[], atX: (i: number) => number, plot: Place): void {
  const half = plot.width / months.length / 2
  const place = (i: number) => ({ x: atX(i) - half, width: 2 * half + 6, size: SIZE })
  for (const [i, month] of months.entries()) {
    const below = plot.y + plot.height + 3
    sheet.line(month.slice(5), { ...place(i), y: below, width: 2 * half, align: 'center' })
    if (i === 0 || month.endsWith('-01')) sheet.line(month.slice(0, 4), { ...place(i), y: below + 8, width: 30 })
  }
}

interface Scales {
  atX(i: number): number
  atY(value: number): number
  second: boolean
}

function drawPoints({ doc }: Sheet, points: Point[], { atX, atY, second }: Scales): void {
  doc.lineWidth(1.1)
  if (second) doc.dash(3, { space: 2 })
  for (const [i, { y }] of points.entries()) {
    const next = points[i + 1]?.y ?? null
    if (y !== null && next !== null)
      doc
        .moveTo(atX(i), atY(y))
        .lineTo(atX(i + 1), atY(next))
        .stroke('#000')
  }
  doc.undash()
  for (const [i, { y, low, high }] of points.entries()) {
    if (y === null) continue
    if (!second && typeof low === 'number' && typeof high === 'number') {
      doc.lineWidth(0.6).moveTo(atX(i), atY(low)).lineTo(atX(i), atY(high)).stroke('#000')
      for (const end of [low, high])
        doc
          .moveTo(atX(i) - 2, atY(end))
          .lineTo(atX(i) + 2, atY(end))
          .stroke('#000')
    }
    drawMark(doc, atX(i), atY(y), second)
  }
}

function drawMark(doc: PDFKit.PDFDocument, x: number, y: number, second: boolean): void {
  if (second)
    doc
      .lineWidth(0.8)
      .rect(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS)
      .fillAndStroke('#fff', '#000')
  else doc.circle(x, y, RADIUS).fill('#000')
}

const mostOf = ({ lines, most, limit }: Trend): number => {
  const values = lines.flatMap(({ points }) => points.flatMap(({ y, high }) => [y ?? 0, high ?? 0]))
  const highest = Math.max(most, ...values)
  // A limit far above what is measured would press all of it to the axis.
  return limit !== null && limit <= 4 * highest ? Math.max(highest, limit) : highest
}

/** The least of 1, 2, 4, 6, 8 and 10 times a power of ten that is not below: its half is as short a number. */
function niceEnd(most: number): number {
  if (most <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(most))
  return power * ([1, 2, 4, 6, 8, 10].find((step) => step * power >= most * (1 - 1e-9)) ?? 10)
}

function inWords({ title, months, lines, write, limit }: Trend, words: Words): string {
  const { byMonth, limitInWords, noValue } = words.texts.month.trends
  const told = lines.map(({ name, points }) => {
    const values = points.flatMap(({ y }, i) => (y === null ? [] : [`${months[i]} ${write(y)}`]))
    return `${name}: ${values.join(', ') || noValue}`
  })
  return [byMonth(title), ...told, ...(limit === null ? [] : [limitInWords(write(limit))])].join('. ')
}

/** Two charts beside each other. */
export const halfOf = (sheet: Sheet, i: number, y: number, height: number): Place => {
  const width = (sheet.inner - 20) / 2
  return { x: MARGIN + (i % 2) * (width + 20), y, width, height }
}
