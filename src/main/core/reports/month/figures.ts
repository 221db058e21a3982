import { LABEL_NAMES } from '../../../../shared/labels.ts'
import { moment } from '../../../../shared/moment.ts'
import { type Limits, TUMOURS, type UseFigures } from '../../../../shared/monitoring.ts'
import type { ShareOf } from '../../../../shared/reading-changes.ts'
import type { AlarmInMonth, MonthReport } from './data.ts'
import { drawDrift } from './drift.ts'
import type { Column, Flow } from './flow.ts'
import {
  alarmWords,
  casesText,
  count,
  gigabytes,
  index,
  intervalText,
  megabytes,
  ms,
  NONE,
  percent,
  shareText,
} from './words.ts'

const FIGURES: Column[] = [
  ['Figure', 0.46],
  ['Value', 0.14],
  ['Cases', 0.2],
  ['95 % interval', 0.2],
]
const MACHINE: Column[] = [
  ['This machine', 0.46],
  ['Value', 0.54],
]
const ALARMS: Column[] = [
  ['Alarm', 0.28],
  ['Model', 0.13],
  ['Value', 0.11],
  ['Limit', 0.11],
  ['Cases', 0.07],
  ['Raised', 0.15],
  ['Ended', 0.15],
]

/** The month's own figures, each with its cases and interval. */
export function drawFigures(flow: Flow, report: MonthReport): void {
  const { own, year } = report
  flow.heading('In this month')
  flow.table(FIGURES, figureRows(own.all))
  drawDrift(flow, report)
  const machine = year.periods.at(-1)?.machine
  if (machine) flow.table(MACHINE, machineRows(machine))
  else flow.paragraph('How the machine was in this month is not on record.')
}

function figureRows({
  agreement,
  recall,
  specificity,
  missed,
  cannotTell,
  cautions,
  unjudged,
  ...figures
}: UseFigures) {
  const { estimate, ece, inference } = figures
  const share = (name: string, one: ShareOf) => [name, shareText(one), casesText(one), intervalText(one)]
  const estimated = estimate && [percent(estimate.value), count(estimate.n), intervalText(asShare(estimate))]
  return [
    share('Agreement with signed verdicts', agreement),
    ['Agreement, estimated from confidences (no measurement)', ...(estimated ?? [NONE, '0', NONE])],
    ...TUMOURS.map((tumour) => share(`Recall: ${LABEL_NAMES[tumour]}`, recall[tumour])),
    share('Specificity: “no tumour”', specificity),
    share('Missed: tumours called “no tumour”', missed),
    share('Cases that the model did not judge', unjudged),
    share('Reader could not tell', cannotTell),
    share('Answers under a caution (input gate included)', cautions),
    ['Calibration error (ECE)', ece === null ? NONE : ece.toFixed(2), count(agreement.n), NONE],
    ['Inference time, median', inference ? ms(inference.p50) : NONE, count(inference?.n ?? 0), NONE],
    ['Inference time, 95 % are faster', inference ? ms(inference.p95) : NONE, count(inference?.n ?? 0), NONE],
  ]
}

const asShare = ({ low, high, n }: { low: number; high: number; n: number }): ShareOf => ({ of: 0, n, low, high })

const machineRows = (machine: NonNullable<MonthReport['own']['periods'][number]['machine']>) => [
  ['Restarts of the engine', count(machine.restarts)],
  ['Memory of Gyrus, most', megabytes(machine.memoryBytes)],
  ['Room on the disk of the data folder, least', gigabytes(machine.diskBytes)],
]

export function drawAlarms(flow: Flow, { alarms, limits }: MonthReport): void {
  flow.heading('Alarms that stood in this month')
  if (alarms.length === 0) flow.paragraph('None is on record.')
  else flow.table(ALARMS, alarms.map(alarmRow))
  flow.paragraph(`Limits when this report was made: ${limitsInWords(limits)}.`)
}

function alarmRow({ kind, model, value, limit, n, from, until }: AlarmInMonth): string[] {
  const [name, write] = alarmWords(kind)
  const cases = n === null ? NONE : count(n)
  return [name, model, write(value), write(limit), cases, moment(from), until === null ? 'stands' : moment(until)]
}

function limitsInWords({ agreement, missed, psi, inferenceMs, diskBytes, minimum, ...others }: Limits): string {
  const or = (value: number | null, write: (value: number) => string) => (value === null ? 'off' : write(value))
  return [
    `agreement below ${or(agreement, percent)}`,
    `tumours called “no tumour” above ${or(missed, percent)}`,
    `cases not judged above ${or(others.unjudged, percent)}`,
    `stability index above ${or(psi, index)}`,
    `the same against the training set above ${or(others.trainedPsi, index)}`,
    `pictures far from the training images above ${or(others.far, percent)}`,
    `95th percentile of the inference time above ${or(inferenceMs, ms)}`,
    `room on the disk below ${or(diskBytes, gigabytes)}`,
    `none from fewer than ${count(minimum)} cases`,
  ].join('; ')
}
