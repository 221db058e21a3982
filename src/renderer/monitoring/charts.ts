import { STANCES, stancesOf } from '../../shared/interplay.ts'
import { DRIFTS, type Limits, TRAINED, TUMOURS, type UseReport } from '../../shared/monitoring.ts'
import type { ShareOf } from '../../shared/reading-changes.ts'
import { extent, type Line } from '../charts/line-chart.ts'
import { texts } from '../texts.ts'

const t = texts.monitoring
const names = t.charts

type Period = UseReport['periods'][number]
type Point = Line['points'][number]

/** A small chart by month or week. */
export interface Chart {
  caption: string
  lines: Line[]
  formatY(y: number): string
  domain?: [number, number]
  limit?: { value: number; name: string } | undefined
}

export const nameOf = ({ step }: UseReport['query'], { from }: Pick<Period, 'from'>): string =>
  from.slice(0, step === 'month' ? 7 : 10)

const SHARE = { formatY: t.percent, domain: [0, 1] as [number, number] }

/** Against signed verdicts. */
export function useCharts({ periods }: UseReport, limits: Limits): Chart[] {
  const shares = (name: string, of: (period: Period) => ShareOf) => line(name, periods, (one) => shareAt(of(one)))
  const charts: Chart[] = [
    {
      ...{ caption: names.agreement, ...SHARE, limit: limitAt(limits.agreement) },
      lines: [
        shares(names.measured, ({ figures }) => figures.agreement),
        line(names.estimated, periods, ({ figures: { estimate } }) =>
          estimate ? { y: estimate.value, low: estimate.low, high: estimate.high, note: t.of(estimate.n) } : NONE,
        ),
      ],
    },
    {
      ...{ caption: names.missed, formatY: t.percent, limit: limitAt(limits.missed) },
      lines: [shares(names.measured, ({ figures }) => figures.missed)],
    },
    {
      ...{ caption: names.unjudged, formatY: t.percent, limit: limitAt(limits.unjudged) },
      lines: [shares(names.measured, ({ figures }) => figures.unjudged)],
    },
    ...TUMOURS.map((tumour) => ({
      ...{ caption: names.recall(texts.labels[tumour]), ...SHARE },
      lines: [shares(names.measured, ({ figures }) => figures.recall[tumour])],
    })),
    {
      ...{ caption: names.specificity, ...SHARE },
      lines: [shares(names.measured, ({ figures }) => figures.specificity)],
    },
    {
      ...{ caption: names.ece, formatY: t.precise },
      lines: [line(names.measured, periods, ({ figures }) => ({ y: figures.ece, note: t.of(figures.agreement.n) }))],
    },
    {
      ...{ caption: names.cautions, formatY: t.percent },
      lines: [
        shares(names.underCaution, ({ figures }) => figures.cautions),
        shares(names.cannotTell, ({ figures }) => figures.cannotTell),
      ],
    },
    {
      ...{ caption: names.cases, formatY: whole },
      lines: [
        line(names.answers, periods, ({ figures }) => ({ y: figures.answers })),
        line(names.signed, periods, ({ figures }) => ({ y: figures.signed })),
      ],
    },
  ]
  return charts.map(fromZero)
}

/** What readers make of the answers. */
export function interplayCharts({ periods }: UseReport): Chart[] {
  const charts: Chart[] = [
    {
      ...{ caption: names.stances, ...SHARE },
      lines: STANCES.map((stance) =>
        line(names.stance[stance], periods, ({ figures }) => shareAt(stancesOf(figures)[stance])),
      ),
    },
    {
      ...{ caption: names.changed, ...SHARE },
      lines: (['towards', 'away'] as const).map((change) =>
        line(texts.changes.changes[change], periods, ({ readings }) => shareAt(readings.changes[change])),
      ),
    },
  ]
  return charts
}

export function driftCharts({ periods }: UseReport, limits: Limits): Chart[] {
  const charts: Chart[] = DRIFTS.map((what) => ({
    ...{ caption: names.driftOf[what], formatY: t.index, limit: limitAt(limits.psi) },
    lines: [
      line(names.psi, periods, ({ drift }) => {
        const found = drift?.[what]
        return found ? { y: found.psi, note: t.chance(found.chance, found.n) } : NONE
      }),
    ],
  }))
  return charts.map(fromZero)
}

/** Against the training set: indexes, and how far the pictures are from it. */
export function trainedCharts({ periods, training }: UseReport, limits: Limits): Chart[] {
  const distance = (name: string, of: 'p50' | 'p95') =>
    line(name, periods, ({ trained }) => {
      const found = trained?.distance
      return found ? { y: found[of], note: t.of(found.n) } : NONE
    })
  const charts: Chart[] = [
    {
      ...{ caption: names.distances, formatY: t.precise },
      limit: training?.distance ? { value: training.distance.p95, name: names.farFrom } : undefined,
      lines: [distance(names.p50, 'p50'), distance(names.percentile95, 'p95')],
    },
    ...(training?.distance
      ? [
          {
            ...{ caption: names.far, formatY: t.percent, limit: limitAt(limits.far) },
            lines: [line(names.value, periods, ({ trained }) => (trained?.far ? shareAt(trained.far) : NONE))],
          },
        ]
      : []),
    ...TRAINED.map((what) => ({
      ...{
        caption: names.driftOf[what],
        formatY: t.index,
        limit: what === 'size' ? undefined : limitAt(limits.trainedPsi),
      },
      lines: [
        line(names.psi, periods, ({ trained }) => {
          const found = trained?.psi[what]
          return found ? { y: found.psi, note: t.chance(found.chance, found.n) } : NONE
        }),
      ],
    })),
  ]
  return charts.filter(hasPoints).map(fromZero)
}

const hasPoints = ({ lines }: Chart) => lines.some(({ points }) => points.some(({ y }) => y !== null))

export function machineCharts({ periods }: UseReport, limits: Limits): Chart[] {
  const machine = (name: string, of: (machine: NonNullable<Period['machine']>) => number) =>
    line(name, periods, (one) => ({ y: one.machine && of(one.machine) }))
  const time = (name: string, of: 'p50' | 'p95') =>
    line(name, periods, ({ figures: { inference } }) =>
      inference ? { y: inference[of], note: t.of(inference.n) } : NONE,
    )
  const charts: Chart[] = [
    {
      ...{ caption: names.inference, formatY: t.millisecondsOnly, limit: near(limits.inferenceMs, periods) },
      lines: [time(names.p50, 'p50'), time(names.p95, 'p95')],
    },
    {
      ...{ caption: names.disk, formatY: t.gigabytesOnly, limit: limitAt(limits.diskBytes) },
      lines: [machine(names.value, ({ diskBytes }) => diskBytes)],
    },
    {
      ...{ caption: names.memory, formatY: t.megabytesOnly },
      lines: [machine(names.value, ({ memoryBytes }) => memoryBytes)],
    },
    {
      ...{ caption: names.restarts, formatY: whole },
      lines: [machine(names.value, ({ restarts }) => restarts)],
    },
  ]
  return charts.map(fromZero)
}

/** Nothing looks like much that only seems so because the axis begins just below it. */
function fromZero(chart: Chart): Chart {
  if (chart.domain) return chart
  const [, most] = extent([
    ...chart.lines.flatMap(({ points }) => points.flatMap(({ y, high }) => [y, high])),
    chart.limit?.value,
  ]) ?? [0, 1]
  return { ...chart, domain: [0, most > 0 ? most : 1] }
}

/** A limit far above what is measured would press all of it to the axis. */
function near(limit: number | null, periods: Period[]): Chart['limit'] {
  const slowest = Math.max(0, ...periods.map(({ figures }) => figures.inference?.p95 ?? 0))
  return limit !== null && limit <= 4 * slowest ? limitAt(limit) : undefined
}

const NONE = { y: null }

/** By the number of the period, so that all charts have the same axis. */
const line = (name: string, periods: Period[], at: (period: Period) => Omit<Point, 'x'>): Line => ({
  name,
  points: periods.map((period, x) => ({ x, ...at(period) })),
})

const shareAt = ({ of, n, low, high }: ShareOf): Omit<Point, 'x'> =>
  low === null || high === null ? NONE : { y: of / n, low, high, note: t.share(of, n, low, high) }

const limitAt = (value: number | null) => (value === null ? undefined : { value, name: t.limit })

/** An axis of few cases has no halves. */
const whole = (y: number) => (Number.isInteger(y) ? t.number(y) : '')
