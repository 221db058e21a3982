import type { Calibrated } from '../../../../../shared/evaluation.ts'
import type { Column } from '../../../../../shared/evaluation-report.ts'
import { exactInterval } from '../../../../../shared/exact-interval.ts'
import { decimal, NOTHING, percent, whole } from '../../../../../shared/figure-format.ts'
import { numberCell } from '../cell.ts'
import { chart, dot, type Frame, line, shares, whisker } from '../chart.ts'
import { figure, headings } from '../figure.ts'
import { type Html, html } from '../html.ts'

const FRAME: Frame = { x: shares('Confidence, %'), y: shares('Right, %') }

const DIAGONAL: [number, number][] = [
  [0, 0],
  [1, 1],
]

/** May the probabilities be believed? */
export function calibration(columns: Column[]): Html {
  const diagrams = html`<div class="row">${columns.map(({ title, evaluation }, i) => html`<div><h3>${title}</h3>${diagram(evaluation, i)}</div>`)}</div>`
  return html`<h2 id="calibration">Calibration</h2>
${figure('Reliability: how often calls of a confidence are right', diagrams, columns, 'Filled: as served; the larger, the more images; bar: exact 95 % interval, images taken as independent. Open: before temperature scaling. On the diagonal confidence is what it says.')}
${figure('Before and after temperature scaling', table(columns), columns, 'The temperature was fitted on validation images, never on these. ECE: called class, 15 bins of equal width; equal count beside it. Brier 0–2, over all classes. Calibration errors have a bias upwards, above all with few images.')}`
}

function diagram({ reliability, beforeTemperature, n }: Column['evaluation'], series: number): Html {
  const bars = reliability.map((bin) => {
    const [low, high] = exactInterval(Math.round(bin.accuracy * bin.n), bin.n) ?? [0, 1]
    return whisker(FRAME, bin.confidence, low, high)
  })
  const open = beforeTemperature?.reliability.map((bin) => dot(FRAME, [bin.confidence, bin.accuracy], 'open')) ?? []
  const filled = reliability.map((bin) =>
    dot(FRAME, [bin.confidence, bin.accuracy], `s${series}`, 2.5 + 4 * Math.sqrt(bin.n / n)),
  )
  const spoken = reliability.map((bin) => `${percent(bin.confidence)} sure, ${percent(bin.accuracy)} right, n ${bin.n}`)
  const even = line(FRAME, DIAGONAL, 'even')
  const counts = reliability.map((bin) => whole(bin.n)).join(', ')
  return html`${chart(FRAME, [even, bars], spoken.join('; '), [open, filled])}<p class="note">Images, left to right: ${counts}</p>`
}

const SCORES = [
  ['ece', 'ECE, 15 bins of equal width', percent],
  ['eceAdaptive', 'ECE, 15 bins of equal count', percent],
  ['nll', 'NLL, nats', decimal],
  ['brier', 'Brier', decimal],
] as const

function table(columns: Column[]): Html {
  const row = (name: string, cell: (column: Column) => Html) =>
    html`<tr><th scope="row">${name}</th>${columns.map(cell)}</tr>`
  return html`<table><thead>${headings('', columns)}</thead><tbody>
${SCORES.map(([name, title, format]) => {
  const shown = (scores: Calibrated | null) => (scores ? format(scores[name]) : NOTHING)
  return row(
    title,
    ({ evaluation }) =>
      html`<td class="number">${shown(evaluation.beforeTemperature)} → <b>${shown(evaluation)}</b></td>`,
  )
})}
${row('Temperature, one a fold', ({ evaluation }) => numberCell(evaluation.temperatures?.map((t) => decimal(t, 2)).join(', ') ?? NOTHING))}
</tbody></table>`
}
