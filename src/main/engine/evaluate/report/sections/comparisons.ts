import type { Column, Difference } from '../../../../../shared/evaluation-report.ts'
import { decimal, hash, points, pointsRange, whole } from '../../../../../shared/figure-format.ts'
import { numberCell } from '../cell.ts'
import { figure } from '../figure.ts'
import { type Html, html } from '../html.ts'

/** Each column's model against another on the same images; nothing where none was compared. */
export function comparisons(columns: Column[]): Html | null {
  const compared = columns.filter(({ comparison }) => comparison)
  if (compared.length === 0) return null
  return html`<h2 id="comparisons">Against another model</h2>${compared.map(one)}`
}

function one(column: Column): Html | null {
  const { comparison } = column
  if (!comparison) return null
  const { result, model, weightsSha256 } = comparison
  const row = (name: string, { value, interval }: Difference) =>
    html`<tr><th scope="row">${name}</th>${numberCell(points(value), pointsRange(interval))}</tr>`
  const { onlyFirst, onlySecond, p } = result.mcnemar
  const body = html`<table><tbody>
${row('Accuracy, this model minus the other', result.accuracy)}
${row('Macro recall', result.macroRecall)}
${row('Tumours called “no tumour”', result.tumourCalledNone)}
<tr><th scope="row">Only this model right / only the other</th>${numberCell(`${whole(onlySecond)} / ${whole(onlyFirst)}`)}</tr>
<tr><th scope="row">McNemar’s exact test, p</th>${numberCell(p < 0.001 ? '< 0.001' : decimal(p))}</tr></tbody></table>`
  const title = `${column.title}: against ${model}, weights ${weightsSha256.map(hash).join(', ')}`
  return figure(
    title,
    body,
    [column],
    'Differences in percentage points, bootstrapped in pairs over the same draws as above. McNemar’s test takes images as independent; where patients have many slices, the interval counts.',
  )
}
