import { DRIFTS, type Stability, TRAINED, type Training, type UseReport } from '../../../../shared/monitoring.ts'
import type { Words } from '../words.ts'
import type { MonthReport } from './data.ts'
import type { Column, Flow } from './flow.ts'
import { NONE, writingIn } from './words.ts'

type Period = UseReport['periods'][number]

type Heads = Words['texts']['month']['heads']

const columnsOf = (name: string, heads: Heads): Column[] => [
  [name, 0.46],
  [heads.index, 0.14],
  [heads.cases, 0.2],
  [heads.chance, 0.2],
]
const distanceColumns = (heads: Heads): Column[] => [
  [heads.distance, 0.46],
  [heads.value, 0.14],
  [heads.cases, 0.2],
  [heads.interval, 0.2],
]

/** The month's drift: from the model's first answers here, and from its training set. */
export function drawDrift(flow: Flow, { year }: MonthReport): void {
  const last = year.periods.at(-1)
  drawFirst(flow, year, last?.drift ?? null)
  drawTrained(flow, year, last?.trained ?? null)
}

function drawFirst(flow: Flow, { driftModel, baseline, baselineOf }: UseReport, drift: Period['drift']): void {
  const { words } = flow.sheet
  const { drift: texts, heads } = words.texts.month
  if (!drift || !baseline) {
    flow.paragraph(texts.noFirst(driftModel, baselineOf))
    return
  }
  flow.table(
    columnsOf(texts.first, heads),
    DRIFTS.map((what) => rowOf(texts.of[what], drift[what], words)),
  )
  const { from, until } = baseline
  tellFrom(flow, texts.firstFrom(baseline.n, driftModel, from.slice(0, 10), until.slice(0, 10)))
}

function drawTrained(flow: Flow, report: UseReport, trained: Period['trained']): void {
  const { words } = flow.sheet
  const { drift: texts, heads } = words.texts.month
  const { casesText, count, distanceText, intervalText, shareText } = writingIn(words)
  const { training, trainingFailure, driftModel } = report
  if (!training || !trained) {
    const why = trainingFailure ? words.failure(trainingFailure).message : texts.notCarried(driftModel)
    flow.paragraph(texts.notKnown(why))
    return
  }
  if (TRAINED.every((what) => trained.psi[what] === null)) {
    flow.paragraph(texts.noAnswer(driftModel))
    return
  }
  flow.table(
    columnsOf(texts.trained, heads),
    TRAINED.map((what) => rowOf(texts.of[what], trained.psi[what], words)),
  )
  const { distance, far } = trained
  const of = (value: number | undefined) => [
    value === undefined ? NONE : distanceText(value),
    count(distance?.n ?? 0),
    NONE,
  ]
  flow.table(distanceColumns(heads), [
    [texts.median, ...of(distance?.p50)],
    [texts.percentile95, ...of(distance?.p95)],
    ...(far ? [[texts.far, shareText(far), casesText(far), intervalText(far)]] : []),
  ])
  tellFrom(flow, trainedFrom(driftModel, training, texts))
}

/** Below a table, which it belongs to, and apart from the next one. */
function tellFrom(flow: Flow, text: string): void {
  flow.paragraph(text)
  flow.y += 5
}

/** From which data, of which model, and when. */
function trainedFrom(
  model: string,
  { data, n, date, confidence, distance }: Training,
  texts: Words['texts']['month']['drift'],
): string {
  return [
    texts.trainedFrom(n, model, data, date),
    confidence && texts.confidenceFrom(confidence.n, confidence.data),
    distance && texts.distanceFrom(distance.n, distance.data, distance.p50, distance.p95),
  ]
    .filter(Boolean)
    .join(' ')
}

function rowOf(name: string, found: Stability | null, words: Words): string[] {
  const { count, index } = writingIn(words)
  return [name, ...(found ? [index(found.psi), count(found.n), index(found.chance)] : [NONE, '0', NONE])]
}
