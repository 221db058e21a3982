import type { Column } from '../../../../../shared/evaluation-report.ts'
import { percent, whole } from '../../../../../shared/figure-format.ts'
import { LABEL_NAMES } from '../../../../../shared/labels.ts'
import { NO_TUMOUR } from '../../labels.ts'
import { figure } from '../figure.ts'
import { type Html, html } from '../html.ts'

/** What each class was called: counts, and shares of the class. */
export function confusion(columns: Column[]): Html {
  const body = html`<div class="row">${columns.map(({ title, evaluation }) => html`<div><h3>${title}</h3>${matrix(evaluation)}</div>`)}</div>`
  return html`<h2 id="confusion">Confusion</h2>${figure('Rows: the truth. Columns: what the model called it. Per cent of the row. Framed: tumours called “no tumour”.', body, columns)}`
}

function matrix({ confusion: { labels, counts } }: Column['evaluation']): Html {
  return html`<table class="confusion"><thead><tr><th></th>${labels.map((label) => html`<th scope="col">${SHORT[label]}</th>`)}</tr></thead>
<tbody>${labels.map((label, r) => html`<tr><th scope="row">${LABEL_NAMES[label]}</th>${cells(counts[r] ?? [], r)}</tr>`)}</tbody></table>`
}

const SHORT = { glioma: 'Gli.', meningioma: 'Men.', notumor: 'None', pituitary: 'Pit.' }

function cells(row: number[], r: number): Html[] {
  const total = row.reduce((sum, count) => sum + count, 0)
  return row.map((count, c) => {
    const share = total > 0 ? count / total : null
    // The root lets the few errors be seen beside the many right ones.
    const shade = (share ? 0.1 + 0.55 * Math.sqrt(share) : 0).toFixed(3)
    const missed = c === NO_TUMOUR && r !== c && count > 0 && ' missed'
    return html`<td class="${c === r ? 'hit' : 'off'}${missed}" style="--share:${shade}">${whole(count)}<small>${percent(share)}</small></td>`
  })
}
