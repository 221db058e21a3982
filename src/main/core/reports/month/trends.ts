import { LABEL_NAMES } from '../../../../shared/labels.ts'
import { DRIFTS, TRAINED, TUMOURS, type UseReport } from '../../../../shared/monitoring.ts'
import type { ShareOf } from '../../../../shared/reading-changes.ts'
import type { MonthReport } from './data.ts'
import type { Point, Trend } from './trend.ts'
import { count, DRIFT_NAMES, distanceText, index, percent } from './words.ts'

type Period = UseReport['periods'][number]

/** The charts of the last twelve months. */
export function trendsOf({ year: { periods, baseline, training }, limits }: MonthReport): Trend[] {
  const months = periods.map(({ from }) => from.slice(0, 7))
  const line = (name: string, of: (period: Period) => Point) => ({ name, points: periods.map(of) })
  const shares = (title: string, of: (period: Period) => ShareOf, limit: number | null = null): Trend => ({
    ...{ title, months, limit, write: percent, most: 1 },
    lines: [line('Measured', (period) => pointOf(of(period)))],
  })
  const agreement = shares('Agreement', ({ figures }) => figures.agreement, limits.agreement)
  const drifts = DRIFTS.map(
    (what): Trend => ({
      ...{ title: `Drift: ${DRIFT_NAMES[what].toLowerCase()}`, months, limit: limits.psi, write: index, most: 0.25 },
      lines: [line('From the first answers here', ({ drift }) => ({ y: drift?.[what]?.psi ?? null }))],
    }),
  )
  const apart = TRAINED.map(
    (what): Trend => ({
      ...{ title: `Unlike training: ${DRIFT_NAMES[what].toLowerCase()}`, months },
      limit: what === 'size' ? null : limits.trainedPsi,
      ...{ write: index, most: 0.25 },
      lines: [line('From the training set', ({ trained }) => ({ y: trained?.psi[what]?.psi ?? null }))],
    }),
  )
  const distance: Trend = {
    ...{ title: 'Distance from the training images', months, limit: null, write: distanceText, most: 1 },
    lines: [
      line('95th percentile', ({ trained }) => ({ y: trained?.distance?.p95 ?? null })),
      line('Median', ({ trained }) => ({ y: trained?.distance?.p50 ?? null })),
    ],
  }
  return [
    { ...agreement, lines: [...agreement.lines, line('Estimated', estimateOf)] },
    { ...shares('Missed: tumours called “no tumour”', ({ figures }) => figures.missed, limits.missed), most: 0.1 },
    { ...shares('Not judged by the model', ({ figures }) => figures.unjudged, limits.unjudged), most: 0.1 },
    ...TUMOURS.map((tumour) => shares(`Recall: ${LABEL_NAMES[tumour]}`, ({ figures }) => figures.recall[tumour])),
    shares('Specificity: “no tumour”', ({ figures }) => figures.specificity),
    {
      ...{ title: 'Calibration error (ECE)', months, limit: null, write: (y) => y.toFixed(2), most: 0.1 },
      lines: [line('Measured', ({ figures }) => ({ y: figures.ece }))],
    },
    {
      ...{
        title: 'Inference time, ms',
        months,
        limit: limits.inferenceMs,
        write: (y) => count(Math.round(y)),
        most: 10,
      },
      lines: [
        line('95 % are faster', ({ figures }) => ({ y: figures.inference?.p95 ?? null })),
        line('Median', ({ figures }) => ({ y: figures.inference?.p50 ?? null })),
      ],
    },
    ...(baseline ? drifts : []),
    // Without pictures that were measured there is nothing to look at.
    ...(training ? [...apart, distance].filter(hasPoints) : []),
    {
      ...{ title: 'Cases', months, limit: null, write: (y) => count(Math.round(y)), most: 10 },
      lines: [
        line('Answers', ({ figures }) => ({ y: figures.answers })),
        line('Signed', ({ figures }) => ({ y: figures.signed })),
      ],
    },
  ]
}

const pointOf = ({ of, n, low, high }: ShareOf): Point => (n === 0 ? { y: null } : { y: of / n, low, high })

const hasPoints = ({ lines }: Trend) => lines.some(({ points }) => points.some(({ y }) => y !== null))

const estimateOf = ({ figures: { estimate } }: Period): Point => ({ y: estimate?.value ?? null })
