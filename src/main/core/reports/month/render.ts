import { CAUTIONS } from '../../../../shared/cautions.ts'
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

const titleOf = ({ month }: MonthReport) => `Gyrus: how the AI did in ${month}`

const sheetOf = (report: MonthReport, options: RenderOptions) => new Sheet({ ...options, title: titleOf(report) })

function draw(sheet: Sheet, report: MonthReport, options: RenderOptions, pages: string): void {
  const made = `Made by Gyrus ${options.version} for ${report.madeFor}, ${moment(options.at.toISOString())}; times are local (${zoneOf(options.at)}), months those of UTC.`
  const flow = new Flow(sheet, titleOf(report), pages, (on, y) => {
    on.rule(y)
    for (const [i, text] of [made, on.replacedNote ?? ''].entries())
      if (text !== '') on.line(text, { x: MARGIN, y: y + 3 + i * 9.4, width: on.inner, size: 6.4 })
  })
  drawFacts(flow, report)
  drawFigures(flow, report)
  drawAlarms(flow, report)
  drawInterplay(flow, report)
  drawTrends(flow, report)
  drawYear(flow, report)
  drawParts(flow, report)
  flow.heading('How it was counted')
  for (const text of HOW) flow.paragraph(text)
}

function drawTrends(flow: Flow, report: MonthReport): void {
  flow.page()
  flow.heading('The twelve months up to it')
  const trends = trendsOf(report)
  for (const [i, trend] of trends.entries()) {
    if (i % 2 === 0) flow.need(TREND_HEIGHT)
    drawTrend(flow.sheet, trend, halfOf(flow.sheet, i, flow.y, TREND_HEIGHT - 10))
    // The last one may stand alone.
    if (i % 2 === 1 || i === trends.length - 1) flow.y += TREND_HEIGHT
  }
}

const HOW = [
  'From the record of this installation alone. A case counts in the month (UTC) in which the answer that stands for it was given.',
  'Truth is the signed verdict that stands. Readers saw the answer before they signed, so agreement is rather too high. Drafts, cases that wait for another reader and, for shares of right and wrong, those of which the reader could not tell are left out.',
  'Intervals are Wilson’s, 95 % (J. Am. Stat. Assoc. 22, 1927). The calibration error is the expected one in 15 bins; it is too high where there are few cases.',
  'The estimate is the mean confidence of all answers, signed or not (Kivimäki et al., JAIR 82, 2025). It holds only while confidences mean what they say on the cases that come in, and cannot see that they no longer do. It is no measurement.',
  'Drift is the population stability index against the first answers of the model here, and against its training set where the model carries what that was like. Pictures are measured as the network sees them: the box around the head. By common use an index up to 0.1 is no change and from 0.25 on a clear one (Siddiqi 2006); what chance alone gives is said beside it. One place has a part of what a training set has of many, so that indexes up to 1.5 against that are common. Distance is Mahalanobis’s, of the network’s features (Lee et al., NeurIPS 2018); 1 is the root mean square of the training images.',
  'Agreed and overruled are the verdicts that stand. Switched are readings that began with an impression before the answer, in the month in which they were signed. Right is known only where two readers differed and a third one decided: hard cases, decided by somebody who saw the answer, too.',
  'Alarms are looked for over the 30 days before each look, so that one can stand in a month whose own figures keep the limit.',
  CAUTIONS.notHealthy,
]
