import { CAUTIONS } from '../../../../shared/cautions.ts'
import { CALLED, CALLED_NAMES } from '../../../../shared/labels.ts'
import { moment } from '../../../../shared/moment.ts'
import { drawBanner } from '../banner.ts'
import type { RenderOptions } from '../case/render.ts'
import { lineHeight, MARGIN, type Sheet } from '../sheet.ts'
import { zoneOf } from '../zone.ts'
import type { BatchReport } from './data.ts'
import type { Frame } from './tables.ts'

const count = (n: number) => n.toLocaleString('en-GB')
const NAME_WIDTH = 110
const NUMBER_WIDTH = 90
const BAR = 20

/** The first page: what the batch is, how far it got, and what the model called its images. */
export function drawSummary(sheet: Sheet, batch: BatchReport, options: RenderOptions & Frame): void {
  sheet.addPage()
  let y = drawBanner(sheet, options.title, `Page 1 of ${options.pages}`)
  for (const [name, value] of factsOf(batch)) y = drawFact(sheet, name, value, y)
  const heading = { x: MARGIN, width: sheet.inner, size: 10, bold: true, tag: 'H2' } as const
  sheet.line('What the model called the images', { ...heading, y: y + 12 })
  y = drawChart(sheet, batch, y + 30)
  const text = { x: MARGIN, width: sheet.inner, size: 9 }
  y = sheet.paragraph(`${CAUTIONS.madeFor} ${CAUTIONS.notHealthy}`, { ...text, y: y + 8 })
  y = sheet.paragraph(
    'The numbers say what the model answered, not what the patients have. Files that failed are in no bar.',
    { ...text, y: y + 4 },
  )
  const made = `Made by Gyrus ${options.version} for ${batch.madeFor}, ${moment(options.at.toISOString())}; times are local (${zoneOf(options.at)}). Batch ${batch.id}`
  sheet.line(made, { x: MARGIN, width: sheet.inner, y: sheet.height - 44, size: 6.4 })
  if (sheet.replacedNote)
    sheet.line(sheet.replacedNote, { x: MARGIN, width: sheet.inner, y: sheet.height - 34, size: 6.4 })
}

function factsOf({ origin, startedBy, startedAt, finishedAt, totals, series, model }: BatchReport): [string, string][] {
  const { files, analysed, kept, failed, waiting, read } = totals
  const open = waiting > 0 ? `, ${count(waiting)} still waiting` : ''
  return [
    ['Origin', origin],
    ['Started', `${moment(startedAt)} by ${startedBy}`],
    ['Finished', finishedAt === null ? 'not finished' : moment(finishedAt)],
    ['Files', `${count(files)}: ${count(analysed)} analysed, ${count(failed)} failed${open}`],
    ...(series.count > 0 ? [seriesFact(series)] : []),
    ...(kept > 0 ? [keptFact(kept)] : []),
    ['Read by a reader', `${count(read)} of ${count(analysed)}`],
    [
      'Model',
      model
        ? `${model.name} (${model.id}), version ${model.version}, weights SHA-256 ${model.weightsSha256.slice(0, 12)}…`
        : analysed === 0
          ? 'none: nothing was analysed'
          : 'not on this machine any more',
    ],
  ]
}

const seriesFact = ({ count: n, files }: BatchReport['series']): [string, string] => [
  'Series',
  `${count(n)}, of ${count(files)} files: each is read as one case; the answers here are those of the single files`,
]

/** Without it, the zeros of the chart would be taken for findings. */
const keptFact = (kept: number): [string, string] => [
  'Not in the numbers',
  `${count(kept)} analysed; their answers are shown to this reader only after an impression`,
]

function drawFact(sheet: Sheet, name: string, value: string, y: number): number {
  sheet.line(name, { x: MARGIN, y, width: NAME_WIDTH - 8, size: 9 })
  const place = { x: MARGIN + NAME_WIDTH, width: sheet.inner - NAME_WIDTH, y, size: 9, bold: true }
  const lines = sheet.wrap(value, place.width, place)
  // A path can be of any length; its end says most.
  return sheet.lines(lines.length > 3 ? ['…', ...lines.slice(-2)] : lines, place) + 3
}

/** Bars of the share of all analysed images that are shown, each with its name and number; a frame is the whole. */
function drawChart(sheet: Sheet, { perLabel, totals }: BatchReport, y: number): number {
  const length = sheet.inner - NAME_WIDTH - NUMBER_WIDTH
  const x = MARGIN + NAME_WIDTH
  CALLED.forEach((label, i) => {
    const top = y + i * BAR
    const n = perLabel[label]
    const shown = totals.analysed - totals.kept
    const share = shown === 0 ? 0 : n / shown
    const row = { y: top, size: 9 }
    sheet.line(CALLED_NAMES[label], { ...row, x: MARGIN, width: NAME_WIDTH - 8 })
    sheet.artefact((doc) => {
      doc.rect(x, top + 1, length * share, 11).fill('#000')
      doc
        .lineWidth(0.6)
        .rect(x, top + 1, length, 11)
        .stroke('#000')
    })
    const number = `${count(n)} (${(100 * share).toFixed(1)} %)`
    sheet.line(number, { ...row, x: x + length, width: NUMBER_WIDTH, align: 'right' })
  })
  return y + CALLED.length * BAR + lineHeight(4)
}
