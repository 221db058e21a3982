import {
  decimal,
  NOTHING,
  percent,
  percentRange,
  points,
  pointsRange,
  whole,
} from '../../../../../shared/figure-format.ts'
import { LABEL_NAMES, LABELS } from '../../../../../shared/labels.ts'
import { type Chance, type ModelShortcuts, type Score, TRAIT_NAMES } from '../../../../../shared/shortcuts.ts'
import { numberCell } from '../cell.ts'
import { figure, type Measured } from '../figure.ts'
import { type Html, html } from '../html.ts'

/** Traits that are listed one by one. */
const LISTED = 6

/** Whether the model calls classes by what does not show a tumour; nothing where it was not looked for. */
export function shortcuts(found: ModelShortcuts | null): Html | null {
  if (!found) return null
  return html`<h2 id="shortcuts">Shortcuts</h2>
<p>What a model may be right by without seeing a tumour. Compare every figure above with these.</p>
${byTraits(found)}${headHidden(found)}${tumourHidden(found)}${otherTumours(found)}`
}

type Part = { data: string; dataSha256: string | null; date: string }

/** What the numbers of a table were measured with and on. */
function source({ model, weightsSha256 }: ModelShortcuts, title: string, n: number, part: Part): Measured {
  const { data, dataSha256, date } = part
  return { title, data, dataSha256, date, model, weightsSha256, splitRule: '', evaluation: { n } }
}

const row = (name: string, cells: Html[]): Html => html`<tr><th scope="row">${name}</th>${cells}</tr>`

function scores(heads: string[], columns: Score[], chance: Chance | null, more: Html[] = []): Html {
  const line = (name: string, cell: (score: Score) => Html, byChance: number | null = null) =>
    row(name, [...columns.map(cell), ...(chance ? [numberCell(percent(byChance))] : [])])
  return html`<table><thead><tr>${['', ...heads].map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>
${line('Accuracy', (score) => ranged(score, 'accuracy'), chance?.accuracy)}
${line('Macro recall', (score) => ranged(score, 'macroRecall'), chance?.macroRecall)}
${LABELS.filter((label) => columns.some(({ recall }) => recall[label] !== null)).map((label) =>
  line(`… ${LABEL_NAMES[label]}`, ({ recall }) => numberCell(percent(recall[label]))),
)}
${line('Tumours called “no tumour”', (score) => ranged(score, 'tumourCalledNone'))}${more}</tbody></table>`
}

function ranged(score: Score, name: keyof Score['intervals']): Html {
  const range = score.intervals[name]
  return numberCell(percent(score[name]), range && range[0] < range[1] ? percentRange(range) : null)
}

function byTraits(found: ModelShortcuts): Html | null {
  if (!found.traits) return null
  const { model, traits, chance, audit } = found.traits
  const table = scores(['This model', 'Traits alone', 'Chance'], [model, traits], chance)
  const singles = audit.single
    .slice(0, LISTED)
    .map(({ trait, tumourAuroc }) => `${TRAIT_NAMES[trait]} ${decimal(tumourAuroc)}`)
  const note = `Traits: borders, greys, sharpness and file traits, no anatomy. Softmax regression, out of fold in ${audit.splitRule} over all of ${audit.data} (n = ${whole(audit.score.n)}), where it has ${percent(audit.score.macroRecall)} macro recall. Tumour against none, AUROC by one trait alone: ${singles.join(', ') || NOTHING}. Chance: the most frequent class; every class as often.`
  return figure(
    'Beside a classifier of traits alone',
    table,
    [source(found, 'Same images', model.n, found.traits)],
    note,
  )
}

function headHidden(found: ModelShortcuts): Html | null {
  if (!found.headHidden) return null
  const { whole: asItIs, hidden, chance, fall, leftOut } = found.headHidden
  const more = [row('Fall of the accuracy', [numberCell(NOTHING), fallCell(fall), numberCell(NOTHING)])]
  const table = scores(['As they are', 'Head hidden', 'Chance'], [asItIs, hidden], chance, more)
  const note = `The head is filled with the median grey of what lies outside it. What is right above chance is read from the surroundings. ${whole(leftOut)} images in which no head stands out were left out.`
  return figure('Only what lies outside the head', table, [source(found, 'Images', hidden.n, found.headHidden)], note)
}

function tumourHidden(found: ModelShortcuts): Html | null {
  if (!found.tumourHidden) return null
  const { whole: asItIs, tumourHidden: hidden, elsewhereHidden, confidence, ...rest } = found.tumourHidden
  const more = [
    row('Fall of the accuracy', [numberCell(NOTHING), fallCell(rest.fall), fallCell(rest.fallElsewhere)]),
    row('Mean probability of the true class', [
      numberCell(percent(confidence.whole)),
      numberCell(percent(confidence.tumourHidden)),
      numberCell(percent(confidence.elsewhereHidden)),
    ]),
  ]
  const heads = ['As they are', 'Tumour hidden', 'As much hidden elsewhere']
  const table = scores(heads, [asItIs, hidden, elsewhereHidden], null, more)
  const note = `The tumour’s box, or one of its size elsewhere in the head, is filled with the median grey around it. A model that looks at tumours loses much more by the first. Intervals draw images one by one. ${whole(rest.leftOut)} images without room for the second box were left out.`
  return figure('The tumour hidden', table, [source(found, 'Images', asItIs.n, found.tumourHidden)], note)
}

const fallCell = ({ value, interval }: { value: number | null; interval: [number, number] | null }): Html =>
  numberCell(points(value), interval ? pointsRange(interval) : null)

function otherTumours(found: ModelShortcuts): Html | null {
  const { otherTumours: others } = found
  if (others.length === 0) return null
  const body = html`<table><thead><tr>${['', 'Images', 'Groups', 'Not called “no tumour”', 'Mean over groups'].map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>
${others.map(({ data, n, groups, sensitivity, groupMean }) => row(data, [numberCell(whole(n)), numberCell(whole(groups)), numberCell(percent(sensitivity)), numberCell(percent(groupMean))]))}</tbody></table>`
  const sources = others.map((other) => source(found, other.data, other.n, other))
  return figure('Tumours from other sources and in other sequences', body, sources)
}
