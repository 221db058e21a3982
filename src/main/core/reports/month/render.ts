import { moment } from '../../../../shared/moment.ts'
import type { RenderOptions } from '../case/render.ts'
import { collect, type Rendered } from '../collect.ts'
import { MARGIN, Sheet } from '../sheet.ts'
import { zoneOf } from '../zone.ts'
import type { MonthReport } from './data.ts'
import { drawFacts } from './facts.ts'
import { drawAlarms, drawFigures } from './figures.ts'
import { Flow } from './flow.ts'
import { drawInterplay } from './interplay.ts'
import { drawParts, drawYear } from './tables.ts'
import { drawTrend, halfOf } from './trend.ts'
import { trendsOf } from './trends.ts'

const TREND_HEIGHT = 114

/** The report of a month: what it is of, its figures and alarms, the twelve months up to it as charts and as a table. */
export async function renderMonth(report: MonthReport, options: RenderOptions): Promise<Rendered> {
  // What stands on a page of a tagged PDF cannot be changed afterwards: the first time only counts the pages.
  const counting = sheetOf(report, options)
  draw(counting, report, options, '?')
  const sheet = sheetOf(report, options)
  const finished = collect(sheet)
  draw(sheet, report, options, String(counting.pages))
  counting.doc.destroy()
  return finished()
}

const sheetOf = ({ month }: MonthReport, options: RenderOptions) =>
  new Sheet({ ...options, title: options.words.texts.month.title(month) })

function draw(sheet: Sheet, report: MonthReport, options: RenderOptions, pages: string): void {
  const { version, at, words } = options
  const { common, month: texts } = words.texts
  const made = common.made(version, report.madeFor, moment(at.toISOString()), zoneOf(at))
  const flow = new Flow(sheet, texts.title(report.month), pages, (on, y) => {
    on.rule(y)
    for (const [i, text] of [`${made} ${texts.monthsUtc}`, on.replacedNote ?? ''].entries())
      if (text !== '') on.line(text, { x: MARGIN, y: y + 3 + i * 9.4, width: on.inner, size: 6.4 })
  })
  drawFacts(flow, report)
  drawFigures(flow, report)
  drawAlarms(flow, report)
  drawInterplay(flow, report)
  drawTrends(flow, report)
  drawYear(flow, report)
  drawParts(flow, report)
  flow.heading(texts.how.title)
  for (const text of [...texts.how.texts, words.cautions.notHealthy]) flow.paragraph(text)
}

function drawTrends(flow: Flow, report: MonthReport): void {
  flow.page()
  flow.heading(flow.sheet.words.texts.month.trends.title)
  const trends = trendsOf(report, flow.sheet.words)
  for (const [i, trend] of trends.entries()) {
    if (i % 2 === 0) flow.need(TREND_HEIGHT)
    drawTrend(flow.sheet, trend, halfOf(flow.sheet, i, flow.y, TREND_HEIGHT - 10))
    // The last one may stand alone.
    if (i % 2 === 1 || i === trends.length - 1) flow.y += TREND_HEIGHT
  }
}
