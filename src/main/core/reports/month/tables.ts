import { isFew, MOST_GROUPS, type UseFigures, type UseGroup } from '../../../../shared/monitoring.ts'
import type { Words } from '../words.ts'
import type { MonthReport } from './data.ts'
import type { Column, Flow } from './flow.ts'
import { NONE, writingIn } from './words.ts'

type Heads = Words['texts']['month']['heads']

/** Shares of the page's width: no head is broken within a word, in any language. */
const WIDTHS = { answers: 0.096, signed: 0.074, share: 0.1525 }

const columnsOf = (name: string, { answers, signed, estimated, shares }: Heads): Column[] => [
  [name, 0.125],
  [answers, WIDTHS.answers],
  [signed, WIDTHS.signed],
  [estimated, 0.095],
  ...shares.map((one): Column => [one, WIDTHS.share]),
]

/** As `columnsOf` without the estimate, for longer names. */
const wideColumnsOf = (name: string, { answers, signed, shares }: Heads): Column[] => [
  [name, 0.22],
  [answers, WIDTHS.answers],
  [signed, WIDTHS.signed],
  ...shares.map((one): Column => [one, WIDTHS.share]),
]

/** The table behind the charts. */
export function drawYear(flow: Flow, { year }: MonthReport): void {
  const { words } = flow.sheet
  const { heads, tables } = words.texts.month
  flow.heading(tables.byMonth)
  const rows = year.periods.map(({ from, figures }) => rowOf(from.slice(0, 7), figures, words))
  flow.table(columnsOf(heads.month, heads), rows)
}

/** The month by what cases have in common. */
export function drawParts(flow: Flow, { month, own, limits: { minimum } }: MonthReport): void {
  const { words } = flow.sheet
  const { heads, tables } = words.texts.month
  const { models, sources, scanners, sequences, readers } = own
  flow.heading(tables.parts(month))
  if (models.length === 0) {
    flow.paragraph(tables.none)
    return
  }
  const draw = (name: string, groups: UseGroup[]) =>
    flow.table(
      columnsOf(name, heads),
      groups.map((one) => rowOf(one.name, one.figures, words, minimum)),
    )
  draw(heads.model, models)
  draw(
    heads.source,
    sources.map(({ name, figures }) => ({ name: words.sources[name], figures })),
  )
  drawMany(flow, [heads.scanner, tables.moreScanners], scanners, minimum)
  drawMany(flow, [heads.sequence, tables.moreSequences], sequences, minimum)
  if (readers.length > 0) draw(heads.reader, readers)
  if ([models, sources, scanners, sequences, readers].flat().some(({ figures }) => isFew(figures, minimum)))
    flow.paragraph(tables.few(minimum))
}

/** The most used ones. */
function drawMany(
  flow: Flow,
  [one, told]: [name: string, more: (n: number) => string],
  groups: UseGroup[],
  minimum: number,
): void {
  const { words } = flow.sheet
  const { heads, tables } = words.texts.month
  const rows = groups.slice(0, MOST_GROUPS).map(({ name, figures }) => {
    const [, answers, signed, , ...shares] = rowOf(name, figures, words, minimum)
    return [name === '' ? tables.notSaid : name, answers ?? '', signed ?? '', ...shares]
  })
  flow.table(wideColumnsOf(one, heads), rows)
  const more = groups.length - rows.length
  if (more > 0) flow.paragraph(told(more))
}

/** @param minimum fewer signed cases are marked; 0 marks none */
function rowOf(name: string, figures: UseFigures, words: Words, minimum = 0): string[] {
  const { count, inShort, percent } = writingIn(words)
  return [
    ...[name, count(figures.answers), `${count(figures.signed)}${isFew(figures, minimum) ? ' *' : ''}`],
    figures.estimate ? percent(figures.estimate.value) : NONE,
    ...[figures.agreement, figures.missed, figures.specificity, figures.unjudged].map(inShort),
  ]
}
