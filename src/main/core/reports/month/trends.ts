import { DRIFTS, TRAINED, TUMOURS, type UseReport } from '../../../../shared/monitoring.ts'
import type { ShareOf } from '../../../../shared/reading-changes.ts'
import type { Words } from '../words.ts'
import type { MonthReport } from './data.ts'
import type { Point, Trend } from './trend.ts'
import { writingIn } from './words.ts'

type Period = UseReport['periods'][number]

/** The charts of the last twelve months. */
export function trendsOf({ year: { periods, baseline, training }, limits }: MonthReport, words: Words): Trend[] {
  const { alarms, drift, trends: texts } = words.texts.month
  const { recall } = words.texts.month.figures
  const { count, distanceText, index, percent } = writingIn(words)
  const months = periods.map(({ from }) => from.slice(0, 7))
  const line = (name: string, of: (period: Period) => Point) => ({ name, points: periods.map(of) })
  const shares = (title: string, of: (period: Period) => ShareOf, limit: number | null = null): Trend => ({
    ...{ title, months, limit, write: (share: number) => percent(share), most: 1 },
    lines: [line(texts.measured, (period) => pointOf(of(period)))],
  })
  const agreement = shares(texts.agreement, ({ figures }) => figures.agreement, limits.agreement)
  const drifts = DRIFTS.map(
    (what): Trend => ({
      ...{ title: alarms.drift(drift.of[what]), months, limit: limits.psi, write: index, most: 0.25 },
      lines: [line(texts.first, (period) => ({ y: period.drift?.[what]?.psi ?? null }))],
    }),
  )
  const apart = TRAINED.map(
    (what): Trend => ({
      ...{ title: alarms.trained(drift.of[what]), months },
      limit: what === 'size' ? null : limits.trainedPsi,
      ...{ write: index, most: 0.25 },
      lines: [line(texts.trained, ({ trained }) => ({ y: trained?.psi[what]?.psi ?? null }))],
    }),
  )
  const distance: Trend = {
    ...{ title: texts.distance, months, limit: null, write: distanceText, most: 1 },
    lines: [
      line(drift.percentile95, ({ trained }) => ({ y: trained?.distance?.p95 ?? null })),
      line(drift.median, ({ trained }) => ({ y: trained?.distance?.p50 ?? null })),
    ],
  }
  return [
    { ...agreement, lines: [...agreement.lines, line(texts.estimated, estimateOf)] },
    { ...shares(texts.missed, ({ figures }) => figures.missed, limits.missed), most: 0.1 },
    { ...shares(texts.unjudged, ({ figures }) => figures.unjudged, limits.unjudged), most: 0.1 },
    ...TUMOURS.map((tumour) => shares(recall(words.labels[tumour]), ({ figures }) => figures.recall[tumour])),
    shares(texts.specificity, ({ figures }) => figures.specificity),
    {
      ...{ title: texts.ece, months, limit: null, write: index, most: 0.1 },
      lines: [line(texts.measured, ({ figures }) => ({ y: figures.ece }))],
    },
    {
      ...{
        title: texts.inference,
        months,
        limit: limits.inferenceMs,
        write: (y) => count(Math.round(y)),
        most: 10,
      },
      lines: [
        line(texts.faster, ({ figures }) => ({ y: figures.inference?.p95 ?? null })),
        line(drift.median, ({ figures }) => ({ y: figures.inference?.p50 ?? null })),
      ],
    },
    ...(baseline ? drifts : []),
    // Without pictures that were measured there is nothing to look at.
    ...(training ? [...apart, distance].filter(hasPoints) : []),
    {
      ...{ title: texts.cases, months, limit: null, write: (y) => count(Math.round(y)), most: 10 },
      lines: [
        line(texts.answers, ({ figures }) => ({ y: figures.answers })),
        line(texts.signed, ({ figures }) => ({ y: figures.signed })),
      ],
    },
  ]
}

const pointOf = ({ of, n, low, high }: ShareOf): Point => (n === 0 ? { y: null } : { y: of / n, low, high })

const hasPoints = ({ lines }: Trend) => lines.some(({ points }) => points.some(({ y }) => y !== null))

const estimateOf = ({ figures: { estimate } }: Period): Point => ({ y: estimate?.value ?? null })
