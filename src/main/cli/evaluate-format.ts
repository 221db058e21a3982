import type { Evaluated } from '../../shared/evaluate-set.ts'
import type { Evaluation } from '../../shared/evaluation.ts'
import type { Column, TumourColumn } from '../../shared/evaluation-report.ts'
import { threshold } from '../../shared/figure-format.ts'
import { BANNER, LABEL_NAMES, LABELS } from '../../shared/labels.ts'
import { SEEN_WORDS } from '../../shared/seen.ts'
import type { Count, TumourEvaluation } from '../../shared/tumour-evaluation.ts'
import { formatShortcuts } from './shortcuts-format.ts'

/** Missed tumours that are named before it is said how many more there are. */
const LISTED = 10
const FIRST = 34
const WIDTH = 26

/** The banner first; the main column's evaluation at the top, where programs look first; all columns below it. */
export function jsonOf({ report, main, unreadable }: Evaluated) {
  const { title, evaluation, comparison: _, ...source } = report.columns[main] as Column
  const { columns, tumourColumns, shortcuts, notes } = report
  return {
    banner: BANNER,
    column: title,
    ...source,
    ...evaluation,
    columns,
    tumourColumns,
    shortcuts,
    notes,
    unreadable,
  }
}

/** The evaluation for people: a table of the columns, what was measured, what the main column confuses and misses. */
export function formatEvaluated({ report, main, unreadable }: Evaluated): string {
  const all = [...report.columns, ...report.tumourColumns]
  return [
    report.title,
    '',
    ...table(report.columns, report.tumourColumns),
    '',
    ...all.flatMap(formatSource),
    '',
    ...confusion(report.columns[main] as Column),
    ...all.flatMap(missed),
    ...(report.shortcuts ? [...formatShortcuts(report.shortcuts), ''] : []),
    ...report.notes.map((note) => `Note: ${note}`),
    ...unreadable.slice(0, LISTED).map(({ file, failure }) => `  ${file}: ${failure.message} [${failure.code}]`),
  ].join('\n')
}

type Cell<E> = (evaluation: E) => string

function table(columns: Column[], tumourColumns: TumourColumn[]): string[] {
  const row = (name: string, cells: string[]) =>
    (name.padEnd(FIRST) + cells.map((cell) => cell.padEnd(WIDTH)).join(' ')).trimEnd()
  const ofAll = (name: string, cell: Cell<TumourEvaluation>) =>
    row(
      name,
      [...columns, ...tumourColumns].map(({ evaluation }) => cell(evaluation)),
    )
  const ofClasses = (name: string, cell: Cell<Evaluation>) =>
    row(
      name,
      columns.map(({ evaluation }) => cell(evaluation)),
    )
  const heads = [...columns, ...tumourColumns].map(({ title }) => wrap(title))
  const height = Math.max(...heads.map((lines) => lines.length))
  return [
    ...Array.from({ length: height }, (_, i) =>
      row(
        '',
        heads.map((lines) => lines[i] ?? ''),
      ),
    ),
    ofAll('Images', (e) => count(e.n)),
    ofClasses('Accuracy', (e) => ranged(e.accuracy, e.intervals.accuracy)),
    ofClasses('Macro recall', (e) => ranged(e.macroRecall, e.intervals.macroRecall)),
    ...LABELS.map((label) =>
      ofClasses(`  ${LABEL_NAMES[label]}`, (e) => ranged(e.recall[label], e.intervals[`recall.${label}`])),
    ),
    ofAll('Tumours called “no tumour”', (e) => ranged(e.tumourCalledNone.share, e.intervals.tumourCalledNone)),
    ofAll('  images', (e) => ofCount(e.tumourCalledNone)),
    ofAll('  mean over patients or groups', (e) =>
      ranged(e.tumourCalledNone.groupMean, e.intervals['tumourCalledNone.groupMean']),
    ),
    ofClasses('No tumour called a tumour', (e) => ranged(e.noneCalledTumour.share, e.intervals.noneCalledTumour)),
    ...thresholdRows([...columns, ...tumourColumns], ofAll),
    ofClasses('Conformal sets with the truth', (e) => percent(e.conformal?.coverage ?? null)),
    ofClasses('  classes in a set, mean', (e) => e.conformal?.meanSize.toFixed(2) ?? '–'),
    ofClasses('Calibration error (ECE)', (e) => percent(e.ece)),
    ofClasses('NLL', (e) => e.nll.toFixed(3)),
    ofClasses('Brier (0–2)', (e) => e.brier.toFixed(3)),
  ]
}

/** What thresholds that were set elsewhere give here. */
function thresholdRows(
  all: (Column | TumourColumn)[],
  row: (name: string, cell: Cell<TumourEvaluation>) => string,
): string[] {
  const limited = all.find(({ evaluation }) => evaluation.atValidationThreshold)?.evaluation.atValidationThreshold
  return (limited ?? []).flatMap(({ wanted }) => {
    const point = (e: TumourEvaluation) => e.atValidationThreshold?.find((one) => one.wanted === wanted)
    const range = (e: TumourEvaluation, side: string) => e.intervals[`atValidationThreshold.${wanted}.${side}`]
    return [
      row(`Sensitivity, set for ${percent(wanted)} spec.`, (e) =>
        ranged(point(e)?.sensitivity ?? null, range(e, 'sensitivity')),
      ),
      row('  specificity', (e) => ranged(point(e)?.specificity ?? null, range(e, 'specificity'))),
      row('  threshold on 1 − p(no tumour)', (e) => point(e)?.thresholds.map(threshold).join(', ') || '–'),
    ]
  })
}

/** In lines that fit a column. */
function wrap(title: string): string[] {
  const lines: string[] = ['']
  for (const word of title.split(' ')) {
    const last = lines.at(-1) as string
    if (last === '') lines[lines.length - 1] = word
    else if (last.length + 1 + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

const count = (n: number) => n.toLocaleString('en')
const percent = (share: number | null) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`)
const ofCount = ({ n, of }: Count) => `${count(n)} of ${count(of)}`

function ranged(share: number | null, range: [number, number] | null | undefined): string {
  if (share === null || !range) return percent(share)
  return `${percent(share)} (${range.map((end) => (100 * end).toFixed(1)).join('–')})`
}

function formatSource(source: Column | TumourColumn): string[] {
  const { title, data, dataSha256, splitRule, seenInTraining, limitsBy, model, weightsSha256, date } = source
  const weights = weightsSha256.map((hash) => hash.slice(0, 12)).join(', ') || 'not kept'
  return [
    `${title}: ${data}, set ${dataSha256?.slice(0, 12) ?? 'unknown'}; ${model}, weights ${weights}; ${date}`,
    `  kept apart: ${splitRule}`,
    ...(seenInTraining ? [`  seen in training: ${SEEN_WORDS[seenInTraining]}`] : []),
    ...(limitsBy ? [`  thresholds and limits set by: ${limitsBy}`] : []),
  ]
}

function confusion({ title, evaluation }: Column): string[] {
  const { labels, counts } = evaluation.confusion
  const cells = (values: (string | number)[]) => values.map((value) => String(value).padStart(12)).join('')
  return [
    `${title}: truth in rows, calls in columns`,
    ''.padEnd(18) + cells(labels),
    ...labels.map((label, i) => `  ${LABEL_NAMES[label].padEnd(16)}${cells(counts[i] ?? [])}`),
    '',
  ]
}

function missed({ title, evaluation }: Column | TumourColumn): string[] {
  const { n, images } = evaluation.tumourCalledNone
  if (n === 0) return []
  const more = n - LISTED
  return [
    `${title}: tumours called “no tumour”, the surest first`,
    ...images.slice(0, LISTED).map(({ id, confidence }) => `  ${percent(confidence).padStart(7)}  ${id}`),
    ...(more > 0 ? [`  and ${count(more)} more (see --json or --html)`] : []),
    '',
  ]
}
