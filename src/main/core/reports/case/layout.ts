import type { Paper } from '../../../../shared/report.ts'
import { type Line, MARGIN, Sheet, type SheetOptions } from '../sheet.ts'
import type { CaseReport } from './data.ts'
import { footTop } from './footer.ts'
import { imageHeight } from './image.ts'
import { drawOpinion } from './opinion.ts'
import { regionHeight } from './region.ts'
import { seriesHeight } from './series.ts'
import { type FlowLine, fitting } from './verdicts.ts'

export const FACTS_END = 196

/** The image's side by the paper, pt: what leaves the verdict about the same room on both. */
const IMAGE_SIDE: Record<Paper, number> = { a4: 266, letter: 234 }
/** By how much it is smaller where a series has its strip below; by more only where that keeps the verdict on the page. */
const SMALLER = [60, 70, 80, 90, 100]

type Column = Pick<Line, 'x' | 'y' | 'width'>

/** Where the parts of the first page lie, pt from its top. */
export interface Layout {
  /** Of the image. */
  side: number
  opinion: Column
  region: number
  series: number
  verdict: number
  /** For the lines of the verdict. */
  room: number
}

/** Nothing is cut for another part: what has more lines pushes what is below it down. */
export function layOut(sheet: Sheet, report: CaseReport, options: SheetOptions, lines: FlowLine[]): Layout {
  const whole = IMAGE_SIDE[options.paper]
  if (!report.series) return withSide(sheet, report, options, whole)
  const [first = whole, ...smaller] = SMALLER.map((by) => whole - by)
  const usual = withSide(sheet, report, options, first)
  const fits = ({ room }: Layout) => fitting(lines, room) === lines.length
  if (fits(usual)) return usual
  for (const side of smaller) {
    const layout = withSide(sheet, report, options, side)
    if (fits(layout)) return layout
  }
  return usual
}

function withSide(sheet: Sheet, report: CaseReport, options: SheetOptions, side: number): Layout {
  const { series, detail } = report
  const { region, result } = detail
  const width = sheet.inner
  const opinion = { x: MARGIN + side + 16, y: FACTS_END + 7, width: width - side - 16 }
  const belowImage = FACTS_END + 5 + imageHeight(sheet, report, side) + 4
  const belowOpinion = Math.max(belowImage, endOfOpinion(report, options, opinion) + 2)
  const belowRegion = belowOpinion + (region ? regionHeight(sheet, region, width) : 0)
  const verdict = belowRegion + (series ? seriesHeight(sheet, series, result?.label != null, width) : 0)
  return { side, opinion, region: belowOpinion, series: belowRegion, verdict, room: footTop(sheet) - verdict - 22 }
}

/** Drawn once on a sheet of its own, to be measured. */
function endOfOpinion(report: CaseReport, options: SheetOptions, column: Column): number {
  const measured = new Sheet(options)
  measured.addPage()
  const end = drawOpinion(measured, report, column)
  measured.doc.destroy()
  return end
}
