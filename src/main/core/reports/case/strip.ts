import type { Series, Slice } from '../../../../shared/series.ts'
import type { Line, Sheet } from '../sheet.ts'
import type { Words } from '../words.ts'

type Place = Pick<Line, 'x' | 'y' | 'width'>

const BARS = 30
const MARKS = 8
const NUMBERS = 10
const LEGEND = 11
export const STRIP_HEIGHT = BARS + MARKS + NUMBERS + LEGEND
/** Room at the left for the numbers of the scale. */
const SCALE = 16
/** Between two lines of the hatching. */
const HATCH = 3
/** No bar is wider, where there are few slices. */
const WIDEST = 16

/** A bar a slice, full height is 1; what is not counted is hatched and its bar empty, what decided is underlined. */
export function drawStrip(sheet: Sheet, series: Series, { x, y, width }: Place): void {
  const { slices, key } = series
  const left = x + SCALE
  const step = Math.min(WIDEST, (width - SCALE) / slices.length)
  const base = y + BARS
  const number = { width: SCALE - 3, size: 6, align: 'right' } as const
  sheet.line('1', { ...number, x, y: y - 2 })
  sheet.line('0', { ...number, x, y: base - 7 })
  const draw = () => {
    hatch(sheet.doc, runsNotCounted(slices), { left, step, y })
    for (const slice of slices) drawBar(sheet.doc, slice, { left, step, base })
    sheet.doc.lineWidth(0.6)
    sheet.doc.rect(left, y, step * slices.length, BARS).stroke('#000')
    for (const place of series.deciding ?? []) sheet.doc.rect(left + place * step, base + 2, step, 2).fill('#000')
    const middle = left + (key + 0.5) * step
    sheet.doc.polygon([middle, base + 3], [middle - 3, base + 8], [middle + 3, base + 8]).fill('#000')
  }
  sheet.tag('Figure', draw, { alt: inWords(slices, sheet.words) })
  drawNumbers(sheet, series, { left, step, y: base + MARKS })
  drawLegend(sheet, { x: left, y: base + MARKS + NUMBERS })
}

/** Of a sign of the legend, pt. */
const SIGN = { width: 9, height: 7 }

/** What each sign of the strip means; in black and white, as it is printed. */
function drawLegend(sheet: Sheet, at: { x: number; y: number }): void {
  const { legend } = sheet.words.texts.case.series
  let { x } = at
  const size = 6.4
  for (const { sign, name } of LEGEND_SIGNS) {
    const text = legend[name]
    const left = x
    const width = sheet.widthOf(text, { size }) + 2
    sheet.tag('Figure', () => sign(sheet.doc, left, at.y + 1), { alt: legend.sign })
    sheet.line(text, { x: x + SIGN.width + 3, y: at.y, width, size })
    x += SIGN.width + width + 12
  }
}

type Sign = (doc: PDFKit.PDFDocument, x: number, y: number) => void
const LEGEND_SIGNS: { sign: Sign; name: keyof Words['texts']['case']['series']['legend'] }[] = [
  {
    sign: (doc, x, y) => doc.rect(x, y, SIGN.width, SIGN.height).fill('#000'),
    name: 'counted',
  },
  {
    sign: (doc, x, y) => {
      doc.save().rect(x, y, SIGN.width, SIGN.height).clip().lineWidth(0.3)
      for (let from = x - SIGN.height; from < x + SIGN.width; from += HATCH)
        doc.moveTo(from, y + SIGN.height).lineTo(from + SIGN.height, y)
      doc.stroke('#000').restore()
      doc.lineWidth(0.4).rect(x, y, SIGN.width, SIGN.height).stroke('#000')
    },
    name: 'notCounted',
  },
  { sign: (doc, x, y) => doc.rect(x, y + 3, SIGN.width, 2).fill('#000'), name: 'decided' },
  {
    sign: (doc, x, y) => doc.polygon([x + 4, y + 1], [x + 1, y + 6], [x + 7, y + 6]).fill('#000'),
    name: 'image',
  },
]

/** Of the first, the key and the last slice, where they do not run into each other. */
function drawNumbers(
  sheet: Sheet,
  { slices, key }: Series,
  { left, step, y }: { left: number; step: number; y: number },
): void {
  const wide = 30
  const at = (place: number) => ({ x: left + (place + 0.5) * step - wide / 2, y, width: wide, size: 6.4 })
  const places = [0, slices.length - 1].filter((place) => Math.abs(place - key) * step > 12)
  for (const place of [...places, key].sort((a, b) => a - b))
    sheet.line(String(place + 1), { ...at(place), align: 'center', bold: place === key })
}

function drawBar(
  doc: PDFKit.PDFDocument,
  { place, scope, confidences }: Slice,
  { left, step, base }: { left: number; step: number; base: number },
): void {
  if (!confidences) return
  const height = BARS * (1 - confidences.notumor)
  const bar = [left + (place + 0.15) * step, base - height, step * 0.7, height] as const
  if (scope === 'counted') doc.rect(...bar).fill('#000')
  else
    doc
      .lineWidth(0.4)
      .rect(...bar)
      .fillAndStroke('#fff', '#000')
}

/** Slices one after another that are not counted, from and to (not with). */
function runsNotCounted(slices: Slice[]): [from: number, to: number][] {
  const runs: [number, number][] = []
  for (const { place, scope } of slices) {
    const last = runs.at(-1)
    if (scope === 'counted') continue
    if (last?.[1] === place) last[1] = place + 1
    else runs.push([place, place + 1])
  }
  return runs
}

function hatch(
  doc: PDFKit.PDFDocument,
  runs: [from: number, to: number][],
  { left, step, y }: { left: number; step: number; y: number },
): void {
  for (const [from, to] of runs) {
    const [start, end] = [left + from * step, left + to * step]
    doc.save()
    doc.rect(start, y, end - start, BARS).clip()
    doc.lineWidth(0.3)
    for (let x = start - BARS; x < end; x += HATCH) doc.moveTo(x, y + BARS).lineTo(x + BARS, y)
    doc.stroke('#000').restore()
  }
}

function inWords(slices: Slice[], { texts }: Words): string {
  const { inWords: all, sliceInWords } = texts.case.series
  const told = slices.map(({ place, scope, confidences }) =>
    sliceInWords(place, confidences ? 1 - confidences.notumor : null, scope === 'counted'),
  )
  return all(told.join(', '))
}
