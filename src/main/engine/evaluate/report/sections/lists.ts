import type { Column } from '../../../../../shared/evaluation-report.ts'
import { NOTHING, percent, whole } from '../../../../../shared/figure-format.ts'
import { LABEL_NAMES, LABELS } from '../../../../../shared/labels.ts'
import type { Listed } from '../../../../../shared/tumour-evaluation.ts'
import { figure } from '../figure.ts'
import { type Html, html } from '../html.ts'
import { type Pictures, scan } from '../scan.ts'
import type { TumourMeasured } from './tumour.ts'

const NOTE = 'The surest first. Empty set: less typical of every class than nearly all of its validation images.'

/** Every tumour that was called “no tumour”. */
export function missed(columns: TumourMeasured[], pictures: Pictures): Html {
  return html`<h2 id="missed">Tumours called “no tumour”</h2>${columns.map((column) => {
    const { n, of, images } = column.evaluation.tumourCalledNone
    const title = `${column.title}: ${whole(n)} of ${whole(of)} tumours`
    return figure(title, list(images, pictures), [column], n > 0 && `All of them. ${NOTE}`)
  })}`
}

/** The errors of which the model was most sure. */
export function worst(columns: Column[], pictures: Pictures): Html {
  return html`<h2 id="worst">Worst errors</h2>${columns.map((column) => {
    const { worstErrors, accuracy, n } = column.evaluation
    const errors = Math.round(n * (1 - (accuracy ?? 1)))
    const title = `${column.title}: ${whole(worstErrors.length)} of ${whole(errors)} errors`
    return figure(title, list(worstErrors, pictures), [column], errors > 0 && NOTE)
  })}`
}

function list(images: Listed[], pictures: Pictures): Html {
  if (images.length === 0) return html`<p>None.</p>`
  const shown = images.some(({ id }) => id in pictures)
  return html`<table class="list"><thead><tr>${shown && html`<th scope="col">Scan</th>`}<th scope="col">Image</th><th scope="col">Truth</th><th scope="col">Called</th>
${LABELS.map((label) => html`<th scope="col">${SHORT[label]}</th>`)}<th scope="col">Conformal set</th></tr></thead>
<tbody>${images.map((image) => row(image, shown, pictures[image.id]))}</tbody></table>`
}

/** Headings of the probabilities. */
const SHORT = { glioma: 'p(glioma)', meningioma: 'p(mening.)', notumor: 'p(none)', pituitary: 'p(pituit.)' }

function row({ id, truth, predicted, probabilities, set }: Listed, shown: boolean, picture: string | undefined): Html {
  const cell = picture === undefined ? NOTHING : scan(picture)
  return html`<tr>${shown && html`<td>${cell}</td>`}<td class="id">${id}</td>
<td>${truth ? LABEL_NAMES[truth] : 'Tumour'}</td><td class="number wrong">${LABEL_NAMES[predicted]}</td>
${LABELS.map((label) => html`<td class="number">${percent(probabilities[label])}</td>`)}<td>${setText(set)}</td></tr>`
}

function setText(set: Listed['set']): string {
  if (!set) return NOTHING
  return set.length > 0 ? set.map((label) => LABEL_NAMES[label]).join(', ') : 'empty'
}
