import { exactInterval } from '../../../shared/exact-interval.ts'
import { decimal } from '../../../shared/figure-format.ts'
import type { Figures, ShownColumn } from '../../../shared/kept-evaluation.ts'
import { LABELS } from '../../../shared/labels.ts'
import { fixed } from '../../../shared/language.ts'
import type { Curve } from '../../charts/curve-chart.ts'
import { number, plural } from '../../format.ts'
import { texts } from '../../texts.ts'

type Kind = 'roc' | 'precisionRecall'
type Pairs = [number, number][]

/** From here on a curve shows nothing but its corner. */
const GOOD = 0.97

const line = (name: string, value: string, points: Pairs, source: ShownColumn): Curve => ({
  ...{ name, value, about: texts.results.about(source) },
  mark: 'line',
  points: points.map(([x, y]) => ({ x, y })),
})

/** An area under a curve; one that is not whole is never told as 1. */
const area = (value: number): string => (value < 1 && value >= 0.9995 ? '> 0.999' : decimal(value))

const areaName = (kind: Kind) => (kind === 'roc' ? 'AUROC' : 'AUPRC')

/** Tumour against none, a line for each column that has images on both sides. */
export const tumourCurves = (columns: ShownColumn[], kind: Kind): Curve[] =>
  columns.flatMap((column) => {
    const { title, evaluation } = column
    const under = kind === 'roc' ? evaluation.tumourAuroc : evaluation.tumourAuprc
    return under === null ? [] : [line(title, `${areaName(kind)} ${area(under)}`, evaluation.curves[kind], column)]
  })

/** Each class against the others, for one column. */
export const classCurves = (column: ShownColumn, kind: Kind): Curve[] =>
  LABELS.flatMap((label) => {
    const { evaluation } = column
    const under = (kind === 'roc' ? evaluation.auroc : evaluation.auprc).perClass[label] ?? null
    if (under === null) return []
    return [
      line(
        texts.labels[label],
        `${areaName(kind)} ${area(under)}`,
        evaluation.classCurves[label]?.[kind] ?? [],
        column,
      ),
    ]
  })

/** Whether all these curves lie so high that only their corner tells them apart. */
export const onlyCorner = (areas: (number | null | undefined)[]): boolean =>
  areas.length > 0 && areas.every((area) => (area ?? 1) >= GOOD)

/** How often calls of a confidence are right, as served and before temperature scaling. */
export function reliability(column: ShownColumn): Curve[] {
  const { n, ece, reliability: served, beforeTemperature } = column.evaluation
  const t = texts.results
  const dots = (name: string, bins: Figures['reliability'], ece: number, ranged: boolean): Curve => ({
    name,
    about: t.about(column),
    value: `ECE ${fixed(100 * ece, 1)} %`,
    mark: 'dots',
    points: bins.map(({ n: images, confidence, accuracy }) => {
      const range = ranged ? exactInterval(Math.round(accuracy * images), images) : null
      return {
        ...{ x: confidence, y: accuracy, weight: images / n, note: plural(images, 'image', 'images') },
        ...(range && { low: range[0], high: range[1] }),
      }
    }),
  })
  const before = beforeTemperature
    ? [dots(t.untempered, beforeTemperature.reliability, beforeTemperature.ece, false)]
    : []
  return [dots(t.served, served, ece, true), ...before]
}

/** Errors among the images that are kept, the surest first. */
export const riskCurves = (columns: ShownColumn[]): Curve[] =>
  columns.map((column) => {
    const { riskCoverage, n } = column.evaluation
    return line(column.title, `AURC ${decimal(riskCoverage.aurc, 4)}, n ${number(n)}`, riskCoverage.points, column)
  })
