import type { Source } from '../../../../shared/evaluation-report.ts'
import { hash, whole } from '../../../../shared/figure-format.ts'
import { type Content, type Html, html } from './html.ts'

/** A source with the number of its images. */
export type Measured = Source & { evaluation: { n: number } }

/** A table or chart with what it shows and, below, what its numbers were measured with and on. */
export function figure(title: string, body: Content, sources: Measured[], note: Content = null): Html {
  return html`<figure><figcaption>${title}</figcaption>${body}
${note && html`<p class="note">${note}</p>`}
<p class="source">${sources.map((source, i) => html`${i > 0 && html`<br>`}${sourceLine(source)}`)}</p></figure>`
}

const sourceLine = ({ title, data, evaluation, model, weightsSha256, date }: Measured): Html =>
  html`<b>${title}</b>: ${data}, n = ${whole(evaluation.n)}; ${model}, ${weightsText(weightsSha256)}; ${date}`

const weightsText = (weights: string[]): string =>
  weights.length > 0 ? `weights ${weights.map(hash).join(', ')}` : 'weights not kept'

/** A row of headings: one of the sources each. */
export const headings = (first: string, sources: Source[]): Html =>
  html`<tr><th scope="col">${first}</th>${sources.map(({ title }) => html`<th scope="col">${title}</th>`)}</tr>`
