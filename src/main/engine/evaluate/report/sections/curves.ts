import type { Column } from '../../../../../shared/evaluation-report.ts'
import { decimal } from '../../../../../shared/figure-format.ts'
import { LABEL_NAMES, LABELS, type Label } from '../../../../../shared/labels.ts'
import { chart, type Frame, legend, line, shares } from '../chart.ts'
import { figure } from '../figure.ts'
import { type Html, html } from '../html.ts'
import type { TumourMeasured } from './tumour.ts'

type Curve = TumourMeasured['evaluation']['curves']

const ROC: Frame = { x: shares('1 − specificity, %'), y: shares('Sensitivity, %') }
const ROC_CORNER: Frame = { x: shares('1 − specificity, %', 0, 0.2), y: shares('Sensitivity, %', 0.8, 1) }
const PRECISION_RECALL: Frame = { x: shares('Recall, %'), y: shares('Precision, %') }
const PRECISION_RECALL_CORNER: Frame = { x: shares('Recall, %', 0.8, 1), y: shares('Precision, %', 0.8, 1) }

/** From here on a curve shows nothing but its corner. */
const GOOD = 0.97

/** Tumour against none: the whole curve, its corner, and precision against recall. */
export function tumourCurves(columns: TumourMeasured[]): Html {
  const curves = columns.map(({ evaluation }) => evaluation.curves)
  const spoken = columns.map(({ title, evaluation }) => `${title}: AUROC ${decimal(evaluation.tumourAuroc)}`).join('; ')
  const body = html`${legend(columns.map(({ title }) => title))}<div class="row">
<div><h3>ROC</h3>${lines(ROC, curves, 'roc', spoken)}</div>
<div><h3>ROC, upper left corner enlarged</h3>${lines(ROC_CORNER, curves, 'roc', spoken)}</div>
<div><h3>Precision and recall</h3>${lines(PRECISION_RECALL, curves, 'precisionRecall', 'Precision against recall')}</div></div>`
  return figure('Tumour of any kind against none', body, columns)
}

/** Each class against the others; only the corner where all curves are good. */
export function classCurves(columns: Column[]): Html {
  const good = (name: 'auroc' | 'auprc') =>
    columns.every(({ evaluation }) => LABELS.every((label) => (evaluation[name].perClass[label] ?? 1) >= GOOD))
  const roc = good('auroc')
  const precisionRecall = good('auprc')
  return html`<h2 id="curves">ROC and precision–recall</h2>
${figure(`ROC, each class against the others${roc ? ': upper left corner enlarged' : ''}`, panels(columns, 'roc', roc ? ROC_CORNER : ROC), columns)}
${figure(
  `Precision and recall, each class against the others${precisionRecall ? ': upper right corner enlarged' : ''}`,
  panels(columns, 'precisionRecall', precisionRecall ? PRECISION_RECALL_CORNER : PRECISION_RECALL),
  columns,
)}`
}

function panels(columns: Column[], kind: keyof Curve, frame: Frame): Html {
  const panel = (label: Label) => {
    const curves = columns.map(({ evaluation }) => evaluation.classCurves[label])
    return html`<div><h3>${LABEL_NAMES[label]}</h3>${lines(frame, curves, kind, `${LABEL_NAMES[label]} against the others`)}</div>`
  }
  return html`${legend(columns.map(({ title }) => title))}<div class="row four">${LABELS.map(panel)}</div>`
}

function lines(frame: Frame, curves: Curve[], kind: keyof Curve, summary: string): Html {
  const diagonal: [number, number][] = [
    [0, 0],
    [1, 1],
  ]
  const even = kind === 'roc' && line(frame, diagonal, 'even')
  return chart(frame, [even, ...curves.map((curve, i) => drawn(frame, curve[kind], i))], summary)
}

const drawn = (frame: Frame, points: Curve['roc'], series: number): Html | null =>
  points.length > 0 ? line(frame, points, `s${series}`) : null
