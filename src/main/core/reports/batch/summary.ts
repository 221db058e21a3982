import { CALLED } from '../../../../shared/labels.ts'
import { moment } from '../../../../shared/moment.ts'
import { drawBanner } from '../banner.ts'
import type { RenderOptions } from '../case/render.ts'
import { lineHeight, MARGIN, type Sheet } from '../sheet.ts'
import type { Words } from '../words.ts'
import { zoneOf } from '../zone.ts'
import type { BatchReport } from './data.ts'
import type { Frame } from './tables.ts'

const NAME_WIDTH = 110
const NUMBER_WIDTH = 90
const BAR = 20

/** The first page: what the batch is, how far it got, and what the model called its images. */
export function drawSummary(sheet: Sheet, batch: BatchReport, options: RenderOptions & Frame): void {
  const { cautions, texts } = sheet.words
  sheet.addPage()
  let y = drawBanner(sheet, options.title, texts.common.page(1, String(options.pages)))
  for (const [name, value] of factsOf(batch, texts.batch.facts)) y = drawFact(sheet, name, value, y)
  const heading = { x: MARGIN, width: sheet.inner, size: 10, bold: true, tag: 'H2' } as const
  sheet.line(texts.batch.chart, { ...heading, y: y + 12 })
  y = drawChart(sheet, batch, y + 30)
  const text = { x: MARGIN, width: sheet.inner, size: 9 }
  y = sheet.paragraph(`${cautions.madeFor} ${cautions.notHealthy}`, { ...text, y: y + 8 })
  y = sheet.paragraph(texts.batch.meaning, { ...text, y: y + 4 })
  const { version, at } = options
  const made = texts.common.made(version, batch.madeFor, moment(at.toISOString()), zoneOf(at))
  sheet.line(`${made} ${texts.batch.batch(batch.id)}`, {
    x: MARGIN,
    width: sheet.inner,
    y: sheet.height - 44,
    size: 6.4,
  })
  if (sheet.replacedNote)
    sheet.line(sheet.replacedNote, { x: MARGIN, width: sheet.inner, y: sheet.height - 34, size: 6.4 })
}

function factsOf(batch: BatchReport, texts: Words['texts']['batch']['facts']): [name: string, value: string][] {
  const { origin, startedBy, startedAt, finishedAt, totals, series, model } = batch
  const { files, analysed, kept, failed, waiting, read } = totals
  const gone = analysed === 0 ? texts.nothingAnalysed : texts.modelGone
  return [
    [texts.origin, texts.origins[origin]],
    [texts.started, texts.startedBy(moment(startedAt), startedBy)],
    [texts.finished, finishedAt === null ? texts.notFinished : moment(finishedAt)],
    [texts.files, texts.counts(files, analysed, failed, waiting)],
    ...(series.count > 0 ? [pair(texts.series, texts.seriesOf(series.count, series.files))] : []),
    // Without it, the zeros of the chart would be taken for findings.
    ...(kept > 0 ? [pair(texts.keptOut, texts.kept(kept))] : []),
    [texts.read, texts.readOf(read, analysed)],
    [texts.model, model ? texts.modelOf(model.name, model.id, model.version, model.weightsSha256.slice(0, 12)) : gone],
  ]
}

const pair = (name: string, value: string): [name: string, value: string] => [name, value]

function drawFact(sheet: Sheet, name: string, value: string, y: number): number {
  sheet.line(name, { x: MARGIN, y, width: NAME_WIDTH - 8, size: 9 })
  const place = { x: MARGIN + NAME_WIDTH, width: sheet.inner - NAME_WIDTH, y, size: 9, bold: true }
  const lines = sheet.wrap(value, place.width, place)
  // A path can be of any length; its end says most.
  return sheet.lines(lines.length > 3 ? ['…', ...lines.slice(-2)] : lines, place) + 3
}

/** Bars of the share of all analysed images that are shown, each with its name and number; a frame is the whole. */
function drawChart(sheet: Sheet, { perLabel, totals }: BatchReport, y: number): number {
  const { called, texts } = sheet.words
  const length = sheet.inner - NAME_WIDTH - NUMBER_WIDTH
  const x = MARGIN + NAME_WIDTH
  CALLED.forEach((label, i) => {
    const top = y + i * BAR
    const n = perLabel[label]
    const shown = totals.analysed - totals.kept
    const share = shown === 0 ? 0 : n / shown
    const row = { y: top, size: 9 }
    sheet.line(called[label], { ...row, x: MARGIN, width: NAME_WIDTH - 8 })
    sheet.artefact((doc) => {
      doc.rect(x, top + 1, length * share, 11).fill('#000')
      doc
        .lineWidth(0.6)
        .rect(x, top + 1, length, 11)
        .stroke('#000')
    })
    sheet.line(texts.batch.bar(n, share), { ...row, x: x + length, width: NUMBER_WIDTH, align: 'right' })
  })
  return y + CALLED.length * BAR + lineHeight(4)
}
