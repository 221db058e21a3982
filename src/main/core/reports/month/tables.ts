import { NOT_SAID } from '../../../../shared/acquisition.ts'
import { SOURCE_NAMES } from '../../../../shared/cases.ts'
import { isFew, MOST_GROUPS, type UseFigures, type UseGroup } from '../../../../shared/monitoring.ts'
import type { MonthReport } from './data.ts'
import type { Column, Flow } from './flow.ts'
import { count, inShort, NONE, percent } from './words.ts'

const SHARES = ['Agreement', 'Missed tumours', 'Specificity', 'Not judged']

const columnsOf = (name: string): Column[] => [
  [name, 0.135],
  ['Answers', 0.08],
  ['Signed', 0.07],
  ['Estimated', 0.095],
  ...SHARES.map((one): Column => [one, 0.62 / SHARES.length]),
]

/** As `columnsOf` without the estimate, for longer names. */
const wideColumnsOf = (name: string): Column[] => [
  [name, 0.23],
  ['Answers', 0.08],
  ['Signed', 0.07],
  ...SHARES.map((one): Column => [one, 0.62 / SHARES.length]),
]

/** The table behind the charts. */
export function drawYear(flow: Flow, { year }: MonthReport): void {
  flow.heading('By month')
  const rows = year.periods.map(({ from, figures }) => rowOf(from.slice(0, 7), figures))
  flow.table(columnsOf('Month (UTC)'), rows)
}

/** The month by what cases have in common. */
export function drawParts(flow: Flow, { month, own, limits: { minimum } }: MonthReport): void {
  const { models, sources, scanners, sequences, readers } = own
  flow.heading(`${month} by model, source, scanner, sequence and reader`)
  if (models.length === 0) {
    flow.paragraph('No scan was analysed in this month.')
    return
  }
  const draw = (name: string, groups: UseGroup[]) =>
    flow.table(
      columnsOf(name),
      groups.map((one) => rowOf(one.name, one.figures, minimum)),
    )
  draw('Model', models)
  draw(
    'Source',
    sources.map(({ name, figures }) => ({ name: SOURCE_NAMES[name], figures })),
  )
  drawMany(flow, ['Scanner', 'scanners'], scanners, minimum)
  drawMany(flow, ['Sequence', 'sequences'], sequences, minimum)
  if (readers.length > 0) draw('Signed by', readers)
  if ([models, sources, scanners, sequences, readers].flat().some(({ figures }) => isFew(figures, minimum)))
    flow.paragraph(`* fewer than ${count(minimum)} signed cases with a finding: read the intervals, not the shares.`)
}

/** The most used ones. */
function drawMany(flow: Flow, [one, many]: [string, string], groups: UseGroup[], minimum: number): void {
  const rows = groups.slice(0, MOST_GROUPS).map(({ name, figures }) => {
    const [, answers, signed, , ...shares] = rowOf(name, figures, minimum)
    return [name === '' ? NOT_SAID : name, answers ?? '', signed ?? '', ...shares]
  })
  flow.table(wideColumnsOf(one), rows)
  const more = groups.length - rows.length
  if (more > 0) flow.paragraph(`And ${count(more)} ${many} more, with fewer answers each.`)
}

/** @param minimum fewer signed cases are marked; 0 marks none */
const rowOf = (name: string, figures: UseFigures, minimum = 0): string[] => [
  ...[name, count(figures.answers), `${count(figures.signed)}${isFew(figures, minimum) ? ' *' : ''}`],
  figures.estimate ? percent(figures.estimate.value) : NONE,
  ...[figures.agreement, figures.missed, figures.specificity, figures.unjudged].map(inShort),
]
