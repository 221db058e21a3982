import { caseCode } from '../../../../shared/case-code.ts'
import type { Paper } from '../../../../shared/report.ts'
import { drawBanner } from '../banner.ts'
import { collect, type Rendered } from '../collect.ts'
import { MARGIN, Sheet } from '../sheet.ts'
import type { Words } from '../words.ts'
import type { CaseReport } from './data.ts'
import { drawFacts } from './facts.ts'
import { drawSignature, drawTrace } from './footer.ts'
import { drawImage } from './image.ts'
import { FACTS_END, layOut } from './layout.ts'
import { drawMap } from './map.ts'
import { drawOpinion } from './opinion.ts'
import { drawRegion } from './region.ts'
import { drawSeries } from './series.ts'
import { drawFlow, type FlowLine, fitting, verdictLines } from './verdicts.ts'

export interface RenderOptions {
  paper: Paper
  version: string
  at: Date
  fontsDir: string
  words: Words
}

/** A case's report: one page, further ones for verdicts and comments that it cannot hold, and one of the heat map. */
export async function renderCaseReport(report: CaseReport, options: RenderOptions): Promise<Rendered> {
  const code = caseCode(report.detail.id)
  const texts = options.words.texts.case
  const title = report.detail.editedFrom ? texts.edited : texts.title(report.series !== null)
  const sheetOptions = { ...options, title: texts.documentTitle(title, code) }
  const sheet = new Sheet(sheetOptions)
  const finished = collect(sheet)
  const lines = verdictLines(sheet, report, sheet.inner)
  const place = { x: MARGIN, width: sheet.inner }
  const { region, result } = report.detail
  const judged = result !== null && result.label !== null
  const layout = layOut(sheet, report, sheetOptions, lines)
  const { room, verdict: top } = layout
  const whole = fitting(lines, room) === lines.length
  // Room for the note that it goes on.
  const here = whole ? lines : lines.slice(0, fitting(lines, room - 14))
  const pages = pagesOf(sheet, lines.slice(here.length))
  const all = 1 + pages.length + (report.map ? 1 : 0)
  const drawHead = () => drawBanner(sheet, title, texts.page(code, sheet.pages, all))

  sheet.addPage()
  drawFacts(sheet, report, drawHead())
  sheet.rule(FACTS_END)
  drawImage(sheet, report, { x: place.x, y: FACTS_END + 5, side: layout.side })
  drawOpinion(sheet, report, layout.opinion)
  if (region) drawRegion(sheet, region, { ...place, y: layout.region })
  if (report.series) drawSeries(sheet, report.series, judged, { ...place, y: layout.series })
  sheet.rule(top)
  sheet.line(texts.verdict.title, { ...place, y: top + 4, size: 8.5, bold: true, tag: 'H2' })
  const end = drawFlow(sheet, here, { ...place, y: top + 17 })
  if (!whole) sheet.line(texts.verdict.continued, { ...place, y: end + 1, size: 9, bold: true })
  drawSignature(sheet, report)
  drawTrace(sheet, report, options.version, options.at)

  for (const rest of pages) {
    sheet.addPage()
    const y = drawHead()
    sheet.line(texts.verdict.continuedTitle, { ...place, y, size: 8.5, bold: true, tag: 'H2' })
    drawFlow(sheet, rest, { ...place, y: y + 15 })
    drawTrace(sheet, report, options.version, options.at)
  }
  if (report.map) {
    sheet.addPage()
    drawMap(sheet, report.map, { x: MARGIN, y: drawHead(), width: sheet.inner })
    drawTrace(sheet, report, options.version, options.at)
  }
  return finished()
}

/** What does not fit the first page, by pages. */
function pagesOf(sheet: Sheet, lines: FlowLine[]): FlowLine[][] {
  const room = sheet.height - 180
  const pages: FlowLine[][] = []
  for (let rest = lines; rest.length > 0; rest = rest.slice(pages.at(-1)?.length)) {
    pages.push(rest.slice(0, Math.max(1, fitting(rest, room))))
  }
  return pages
}
