import { DRIFTS, type Stability, TRAINED, type Training, type UseReport } from '../../../../shared/monitoring.ts'
import type { MonthReport } from './data.ts'
import type { Column, Flow } from './flow.ts'
import { casesText, count, DRIFT_NAMES, distanceText, index, intervalText, NONE, shareText } from './words.ts'

type Period = UseReport['periods'][number]

const columnsOf = (name: string): Column[] => [
  [name, 0.46],
  ['Index', 0.14],
  ['Cases', 0.2],
  ['Chance alone, up to', 0.2],
]
const DISTANCE: Column[] = [
  ['Distance from the training images', 0.46],
  ['Value', 0.14],
  ['Cases', 0.2],
  ['95 % interval', 0.2],
]

/** The month's drift: from the model's first answers here, and from its training set. */
export function drawDrift(flow: Flow, { year }: MonthReport): void {
  const last = year.periods.at(-1)
  drawFirst(flow, year, last?.drift ?? null)
  drawTrained(flow, year, last?.trained ?? null)
}

function drawFirst(flow: Flow, { driftModel, baseline, baselineOf }: UseReport, drift: Period['drift']): void {
  if (!drift || !baseline) {
    flow.paragraph(
      `No drift from the first answers here is told: ${driftModel} has not the ${count(baselineOf)} answers that it is measured from.`,
    )
    return
  }
  flow.table(
    columnsOf('Drift from the first answers here: stability index of'),
    DRIFTS.map((what) => rowOf(DRIFT_NAMES[what], drift[what])),
  )
  const [from, until] = [baseline.from, baseline.until].map((at) => at.slice(0, 10))
  tellFrom(flow, `Measured from the first ${count(baseline.n)} answers of ${driftModel}, ${from} to ${until}.`)
}

function drawTrained(flow: Flow, report: UseReport, trained: Period['trained']): void {
  const { training, trainingFailure, driftModel } = report
  if (!training || !trained) {
    const why = trainingFailure?.message ?? `${driftModel} does not carry what its training images were like.`
    flow.paragraph(`Drift from the training set is not known: ${why}`)
    return
  }
  if (TRAINED.every((what) => trained.psi[what] === null)) {
    flow.paragraph(`No drift from the training set is told: ${driftModel} gave no answer in this month.`)
    return
  }
  flow.table(
    columnsOf('Drift from the training set: stability index of'),
    TRAINED.map((what) => rowOf(DRIFT_NAMES[what], trained.psi[what])),
  )
  const { distance, far } = trained
  const of = (value: number | undefined) => [
    value === undefined ? NONE : distanceText(value),
    count(distance?.n ?? 0),
    NONE,
  ]
  flow.table(DISTANCE, [
    ['Median', ...of(distance?.p50)],
    ['95th percentile', ...of(distance?.p95)],
    ...(far
      ? [['Farther than 95 % of images not learned from', shareText(far), casesText(far), intervalText(far)]]
      : []),
  ])
  tellFrom(flow, trainedFrom(driftModel, training))
}

/** Below a table, which it belongs to, and apart from the next one. */
function tellFrom(flow: Flow, text: string): void {
  flow.paragraph(text)
  flow.y += 5
}

/** From which data, of which model, and when. */
function trainedFrom(model: string, { data, n, date, confidence, distance }: Training): string {
  return [
    `Measured from the ${count(n)} training images of ${model} (${data}), written down ${date}.`,
    confidence && `Confidence from ${count(confidence.n)} images that it did not learn from (${confidence.data}).`,
    distance &&
      `Distance from ${count(distance.n)} such images (${distance.data}): median ${distanceText(distance.p50)}, 95th percentile ${distanceText(distance.p95)}.`,
  ]
    .filter(Boolean)
    .join(' ')
}

const rowOf = (name: string, found: Stability | null): string[] => [
  name,
  ...(found ? [index(found.psi), count(found.n), index(found.chance)] : [NONE, '0', NONE]),
]
