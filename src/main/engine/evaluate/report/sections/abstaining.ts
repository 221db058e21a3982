import type { Column } from '../../../../../shared/evaluation-report.ts'
import { asked, decimal, NOTHING, percent, whole } from '../../../../../shared/figure-format.ts'
import { LABEL_NAMES, LABELS } from '../../../../../shared/labels.ts'
import { decimalCell, numberCell } from '../cell.ts'
import { chart, legend, line, shares } from '../chart.ts'
import { figure, headings } from '../figure.ts'
import { type Html, html } from '../html.ts'

type Evaluation = Column['evaluation']
type Row = (name: string, cell: (e: Evaluation) => Html) => Html

/** What is gained where the model may keep silent: by its confidence, and by sets of classes. */
export function abstaining(columns: Column[]): Html {
  const row: Row = (name, cell) =>
    html`<tr><th scope="row">${name}</th>${columns.map(({ evaluation }) => cell(evaluation))}</tr>`
  const table = (rows: Html[]) => html`<table><thead>${headings('', columns)}</thead><tbody>${rows}</tbody></table>`
  const alpha = columns.find(({ evaluation }) => evaluation.conformal)?.evaluation.conformal?.alpha ?? 0.05
  return html`<h2 id="abstaining">When it may keep silent</h2>
${figure('Errors among the images that the model is surest of', html`${legend(columns.map(({ title }) => title))}<div class="row"><div>${riskChart(columns)}</div><div>${table(riskRows(columns, row))}</div></div>`, columns)}
${figure(`Conformal sets: classes that cannot be ruled out, meant to hold the truth in ${asked(1 - alpha)} of each class`, table(setRows(row)), columns, `Class-conditional split conformal prediction, limits set on validation images. The promise holds for images that are like those. A set of 0 classes: less typical of every class than nearly all of its validation images.${columns.some(({ evaluation }) => !evaluation.conformal) ? NO_LIMITS : ''}`)}`
}

/** For columns of dashes. */
const NO_LIMITS =
  ' –: no limits; why, the table “What was measured” says. Images that a model learned from, or is measured on, cannot set them.'

function riskChart(columns: Column[]): Html {
  const highest = Math.max(...columns.flatMap(({ evaluation }) => evaluation.riskCoverage.points.map(([, y]) => y)))
  const frame = { x: shares('Images kept, %'), y: shares('Errors among them, %', 0, niceEnd(highest)) }
  const spoken = columns.map(({ title, evaluation }) => `${title}: AURC ${decimal(evaluation.riskCoverage.aurc, 4)}`)
  const lines = columns.map(({ evaluation }, i) => line(frame, evaluation.riskCoverage.points, `s${i}`))
  return chart(frame, lines, spoken.join('; '))
}

/** The end of an axis that holds `value` and has round fifths. */
const niceEnd = (value: number): number => [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5].find((end) => end >= value) ?? 1

function riskRows(columns: Column[], row: Row): Html[] {
  const rows = (columns[0]?.evaluation.riskCoverage.atCoverage ?? []).map(({ coverage }) =>
    row(`Errors with ${asked(coverage)} of images kept`, ({ riskCoverage }) =>
      numberCell(percent(riskCoverage.atCoverage.find((point) => point.coverage === coverage)?.error)),
    ),
  )
  return [...rows, row('AURC', ({ riskCoverage }) => decimalCell(riskCoverage.aurc))]
}

function setRows(row: Row): Html[] {
  const sets = (name: string, text: (sets: NonNullable<Evaluation['conformal']>) => string) =>
    row(name, ({ conformal }) => numberCell(conformal ? text(conformal) : NOTHING))
  return [
    sets('Sets that hold the truth', ({ coverage }) => percent(coverage)),
    ...LABELS.map((label) =>
      sets(`… ${LABEL_NAMES[label]}`, ({ coveragePerClass }) => percent(coveragePerClass[label])),
    ),
    sets('Mean number of classes in a set', ({ meanSize }) => decimal(meanSize, 2)),
    sets('Sets of 0 / 1 / 2 / 3 / 4 classes', ({ sizes }) => sizes.map(whole).join(' / ')),
    sets('Validation images that set the limits', ({ calibrationImages }) => calibrationImages.map(whole).join(', ')),
  ]
}
