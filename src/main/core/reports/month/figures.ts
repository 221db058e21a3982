import { moment } from '../../../../shared/moment.ts'
import { type Limits, TUMOURS, type UseFigures } from '../../../../shared/monitoring.ts'
import type { ShareOf } from '../../../../shared/reading-changes.ts'
import type { Words } from '../words.ts'
import type { AlarmInMonth, MonthReport } from './data.ts'
import { drawDrift } from './drift.ts'
import type { Column, Flow } from './flow.ts'
import { NONE, writingIn } from './words.ts'

type Heads = Words['texts']['month']['heads']

const figureColumns = (heads: Heads): Column[] => [
  [heads.figure, 0.46],
  [heads.value, 0.14],
  [heads.cases, 0.2],
  [heads.interval, 0.2],
]
const machineColumns = (heads: Heads): Column[] => [
  [heads.machine, 0.46],
  [heads.value, 0.54],
]
const alarmColumns = (heads: Heads): Column[] => [
  [heads.alarm, 0.28],
  [heads.model, 0.13],
  [heads.value, 0.11],
  [heads.limit, 0.11],
  [heads.cases, 0.07],
  [heads.raised, 0.15],
  [heads.ended, 0.15],
]

/** The month's own figures, each with its cases and interval. */
export function drawFigures(flow: Flow, report: MonthReport): void {
  const { own, year } = report
  const { words } = flow.sheet
  const { figures: texts, heads } = words.texts.month
  flow.heading(texts.title)
  flow.table(figureColumns(heads), figureRows(own.all, words))
  drawDrift(flow, report)
  const machine = year.periods.at(-1)?.machine
  if (machine) flow.table(machineColumns(heads), machineRows(machine, words))
  else flow.paragraph(texts.noMachine)
}

function figureRows(figures: UseFigures, words: Words): string[][] {
  const texts = words.texts.month.figures
  const { casesText, count, index, intervalText, ms, percent, shareText } = writingIn(words)
  const { agreement, recall, estimate, ece, inference } = figures
  const share = (name: string, one: ShareOf) => [name, shareText(one), casesText(one), intervalText(one)]
  const estimated = estimate && [percent(estimate.value), count(estimate.n), intervalText(asShare(estimate))]
  return [
    share(texts.agreement, agreement),
    [texts.estimate, ...(estimated ?? [NONE, '0', NONE])],
    ...TUMOURS.map((tumour) => share(texts.recall(words.labels[tumour]), recall[tumour])),
    share(texts.specificity, figures.specificity),
    share(texts.missed, figures.missed),
    share(texts.unjudged, figures.unjudged),
    share(texts.cannotTell, figures.cannotTell),
    share(texts.cautions, figures.cautions),
    [texts.ece, ece === null ? NONE : index(ece), count(agreement.n), NONE],
    [texts.inferenceMedian, inference ? ms(inference.p50) : NONE, count(inference?.n ?? 0), NONE],
    [texts.inferenceMost, inference ? ms(inference.p95) : NONE, count(inference?.n ?? 0), NONE],
  ]
}

const asShare = ({ low, high, n }: { low: number; high: number; n: number }): ShareOf => ({ of: 0, n, low, high })

function machineRows(machine: NonNullable<MonthReport['own']['periods'][number]['machine']>, words: Words): string[][] {
  const texts = words.texts.month.figures
  const { count, gigabytes, megabytes } = writingIn(words)
  return [
    [texts.restarts, count(machine.restarts)],
    [texts.memory, megabytes(machine.memoryBytes)],
    [texts.disk, gigabytes(machine.diskBytes)],
  ]
}

export function drawAlarms(flow: Flow, { alarms, limits }: MonthReport): void {
  const { words } = flow.sheet
  const { alarms: texts, heads } = words.texts.month
  flow.heading(texts.title)
  if (alarms.length === 0) flow.paragraph(texts.none)
  else
    flow.table(
      alarmColumns(heads),
      alarms.map((alarm) => alarmRow(alarm, words)),
    )
  flow.paragraph(texts.limits(limitsInWords(limits, words)))
}

function alarmRow({ kind, model, value, limit, n, from, until }: AlarmInMonth, words: Words): string[] {
  const { alarmWords, count } = writingIn(words)
  const [name, write] = alarmWords(kind)
  const cases = n === null ? NONE : count(n)
  const ended = until === null ? words.texts.month.alarms.stands : moment(until)
  return [name, model, write(value), write(limit), cases, moment(from), ended]
}

function limitsInWords(limits: Limits, words: Words): string {
  const { limit: names, minimum, off } = words.texts.month.alarms
  const { gigabytes, index, ms, percent } = writingIn(words)
  const told = (name: keyof typeof names, write: (value: number) => string) => {
    const value = limits[name]
    return `${names[name]} ${value === null ? off : write(value)}`
  }
  return [
    told('agreement', percent),
    told('missed', percent),
    told('unjudged', percent),
    told('psi', index),
    told('trainedPsi', index),
    told('far', percent),
    told('inferenceMs', ms),
    told('diskBytes', gigabytes),
    minimum(limits.minimum),
  ].join('; ')
}
