import type { Column } from '../../../../../shared/evaluation-report.ts'
import { whole } from '../../../../../shared/figure-format.ts'
import { LABEL_NAMES, LABELS } from '../../../../../shared/labels.ts'
import { DAGGER, decimalCell, numberCell, shareCell } from '../cell.ts'
import { figure, headings } from '../figure.ts'
import { type Html, html } from '../html.ts'

type Evaluation = Column['evaluation']

const RATES = [
  ['recall', 'Recall (sensitivity)', 'macroRecall'],
  ['precision', 'Precision', 'macroPrecision'],
  ['specificity', 'Specificity', 'macroSpecificity'],
  ['f1', 'F1', 'macroF1'],
] as const
const AREAS = [
  ['auroc', 'AUROC, against the others'],
  ['auprc', 'Average precision, against the others'],
] as const

/** What the model is worth on each class. */
export function classes(columns: Column[]): Html {
  const row = (name: string, cell: (e: Evaluation) => Html) =>
    html`<tr><th scope="row">${name}</th>${columns.map(({ evaluation }) => cell(evaluation))}</tr>`
  const group = (name: string) =>
    html`<tr class="group"><th colspan="${columns.length + 1}" scope="rowgroup">${name}</th></tr>`
  const perClass = (cell: (e: Evaluation, label: (typeof LABELS)[number]) => Html) =>
    LABELS.map((label) => row(LABEL_NAMES[label], (e) => cell(e, label)))
  const body = html`<table><thead>${headings('', columns)}</thead><tbody>
${group('Images')}${perClass((e, label) => numberCell(whole(e.images[label])))}
${RATES.map(([name, title, macro]) => [
  group(title),
  perClass((e, label) => shareCell(e[name][label], e, `${name}.${label}`)),
  row('Mean of the classes', (e) => shareCell(e[macro], e, macro)),
])}
${AREAS.map(([name, title]) => [
  group(title),
  perClass((e, label) => decimalCell(e[name].perClass[label])),
  row('Mean of the classes', (e) => decimalCell(e[name].macro, e.intervals[`${name}.macro`])),
])}</tbody></table>`
  return html`<h2 id="classes">Each class</h2>${figure('Each class against the others', body, columns, DAGGER)}`
}
