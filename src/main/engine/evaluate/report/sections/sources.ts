import type { Source } from '../../../../../shared/evaluation-report.ts'
import { asked, hash, NOTHING, whole } from '../../../../../shared/figure-format.ts'
import { SEEN_WORDS } from '../../../../../shared/seen.ts'
import type { TumourEvaluation } from '../../../../../shared/tumour-evaluation.ts'
import { type Html, html } from '../html.ts'

type Measured = Source & { evaluation: Pick<TumourEvaluation, 'n' | 'bootstrap'> }

/** What was measured, with what, and how its intervals were made. */
export function sources(measured: Measured[]): Html {
  const row = (name: string, cell: (source: Measured) => string) =>
    html`<tr><th scope="row">${name}</th>${measured.map((source) => html`<td class="id">${cell(source)}</td>`)}</tr>`
  return html`<h2 id="sources">What was measured</h2><figure><table>
<thead><tr><th></th>${measured.map(({ title }) => html`<th scope="col">${title}</th>`)}</tr></thead><tbody>
${row('Images', ({ evaluation }) => whole(evaluation.n))}
${row('Data', ({ data }) => data)}
${row('Data hash', ({ dataSha256 }) => (dataSha256 ? hash(dataSha256) : NOTHING))}
${row('Training and test kept apart by', ({ splitRule }) => splitRule)}
${row('Seen in training', ({ seenInTraining }) => (seenInTraining ? SEEN_WORDS[seenInTraining] : NOTHING))}
${row('Thresholds and limits set by', ({ limitsBy }) => limitsBy ?? NOTHING)}
${row('Model', ({ model }) => model)}
${row('Weights', ({ weightsSha256 }) => weightsSha256.map(hash).join(', ') || NOTHING)}
${row('Measured on', ({ date }) => date)}
${row('Intervals', ({ evaluation }) => drawn(evaluation.bootstrap))}</tbody></table></figure>`
}

const drawn = ({ unit, units, resamples, seed, level }: TumourEvaluation['bootstrap']): string =>
  `${asked(level)}, ${unit === 'group' ? `${whole(units)} patients or groups` : `${whole(units)} images one by one`} drawn ${whole(resamples)} times, seed ${seed}`
