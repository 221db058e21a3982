import { SOURCE_NAMES } from '../../../../shared/cases.ts'
import type { UseFigures } from '../../../../shared/monitoring.ts'
import type { MonthReport } from './data.ts'
import type { Column, Flow } from './flow.ts'
import { count, inShort, NONE, percent } from './words.ts'

const columnsOf = (name: string): Column[] => [
  [name, 0.135],
  ['Answers', 0.085],
  ['Signed', 0.08],
  ['Estimated', 0.1],
  ['Agreement', 0.2],
  ['Missed tumours', 0.2],
  ['Specificity', 0.2],
]

/** The table behind the charts. */
export function drawYear(flow: Flow, { year }: MonthReport): void {
  flow.heading('By month')
  const rows = year.periods.map(({ from, figures }) => rowOf(from.slice(0, 7), figures))
  flow.table(columnsOf('Month (UTC)'), rows)
}

/** The month by model, source and reader. */
export function drawParts(flow: Flow, { month, own: { models, sources, readers } }: MonthReport): void {
  flow.heading(`${month} by model, source and reader`)
  if (models.length === 0) {
    flow.paragraph('No scan was analysed in this month.')
    return
  }
  flow.table(
    columnsOf('Model'),
    models.map(({ name, figures }) => rowOf(name, figures)),
  )
  flow.table(
    columnsOf('Source'),
    sources.map(({ name, figures }) => rowOf(SOURCE_NAMES[name], figures)),
  )
  if (readers.length > 0)
    flow.table(
      columnsOf('Signed by'),
      readers.map(({ name, figures }) => rowOf(name, figures)),
    )
}

const rowOf = (name: string, { answers, signed, estimate, agreement, missed, specificity }: UseFigures): string[] => [
  ...[name, count(answers), count(signed), estimate ? percent(estimate.value) : NONE],
  ...[agreement, missed, specificity].map(inShort),
]
