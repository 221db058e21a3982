import { SPLIT_NAMES, type SplitName } from '../../../../shared/dataset.ts'
import { decimal, whole } from '../../../../shared/figure-format.ts'
import { LABEL_NAMES, type Label } from '../../../../shared/labels.ts'
import { type Html, html } from '../../evaluate/report/html.ts'
import { scan } from '../../evaluate/report/scan.ts'
import type { LabelledImage } from '../types.ts'
import type { ChosenGroups, ShownGroup } from './chosen.ts'
import type { Relation } from './relation.ts'

export type PicturesOf = ReadonlyMap<LabelledImage, string>

/** What is compared with it comes before what it is compared with. */
const SIDES: (SplitName | null)[] = ['testing', ...SPLIT_NAMES.filter((name) => name !== 'testing'), null]

const SIDE_NAMES: Record<SplitName, string> = { training: 'Training', validation: 'Validation', testing: 'Testing' }

const LEGEND =
  'The largest first. Under each picture stands how it goes with the first one of its group, its file, and its patient where that is known. A turn is what lays it onto that one; r is the correlation of the two thumbnails.'

/** Copies on two sides of the split, picture beside picture. */
export function sidesHtml(chosen: ChosenGroups, pictures: PicturesOf): Html {
  return html`<h2 id="groups">Copies on two sides</h2>${listHtml(chosen, pictures, 'No near-duplicate group has images on more than one side.')}`
}

/** Copies under two labels; nothing where there are none. */
export function labelsHtml(chosen: ChosenGroups, pictures: PicturesOf): Html | null {
  if (chosen.groups.length === 0) return null
  return html`<h2 id="labels">Copies under two labels</h2><p>Of each group at least one label is wrong.</p>${listHtml(chosen, pictures, '')}`
}

function listHtml({ groups, left }: ChosenGroups, pictures: PicturesOf, none: string): Html {
  if (groups.length === 0) return html`<p>${none}</p>`
  const rest =
    left > 0
      ? `${counted(left, 'more group')} not shown here; “gyrus dataset audit --json” lists all.`
      : 'All of them are shown.'
  return html`<p>${LEGEND}</p><p>${rest}</p>${groups.map((group, i) => groupHtml(group, i + 1, pictures))}`
}

function groupHtml({ images, members }: ShownGroup, number: number, pictures: PicturesOf): Html {
  const labels = [...new Set(images.map(({ label }) => label))]
  const named = labels.map((label) => LABEL_NAMES[label]).join(', ')
  const what = labels.length > 1 ? html`<span class="wrong">labels differ: ${named}</span>` : named
  const sides = SIDES.filter((side) => images.some(({ split }) => split === side))
  return html`<figure class="group"><figcaption>${number}. ${counted(images.length, 'image')}, ${what}</figcaption>
<div class="sides">${sides.map((side) => sideHtml(side, { images, members }, pictures))}</div></figure>`
}

function sideHtml(side: SplitName | null, { images, members }: ShownGroup, pictures: PicturesOf): Html {
  const n = images.filter(({ split }) => split === side).length
  const shown = members.filter(({ image }) => image.split === side)
  const head = `${side === null ? 'On no side' : SIDE_NAMES[side]}: ${counted(n, 'image')}`
  return html`<div class="side"><h3>${head}${n > shown.length && `, ${whole(shown.length)} of them here`}</h3>
<div class="scans">${shown.map(({ image, relation }) => memberHtml(image, relation, pictures.get(image)))}</div></div>`
}

function memberHtml({ file, label, patient }: LabelledImage, relation: Relation | null, picture?: string): Html {
  return html`<div class="one">${picture !== undefined && scan(picture)}<span><b>${LABEL_NAMES[label as Label]}</b></span>
<span>${relation ? relationText(relation) : 'the first one'}</span><span class="muted">${fileText(file)}</span>
${patient !== null && html`<span class="muted">patient ${patient}</span>`}</div>`
}

/** Lines end at slashes rather than within a name. */
const fileText = (file: string): Html[] =>
  file.split('/').map((part, i) => (i === 0 ? html`${part}` : html`/<wbr>${part}`))

function relationText(relation: Relation): string {
  switch (relation.kind) {
    case 'same-pixels':
      return 'the same pixels'
    case 'as-is':
      return `as it is, r ${decimal(relation.correlation, 4)}`
    case 'turned':
      return `${relation.turn === 'none' ? 'other border or size' : relation.turn}, r ${decimal(relation.correlation)}`
    case 'by-others':
      return `by way of others${relation.correlation === null ? '' : `, r ${decimal(relation.correlation)}`}`
  }
}

export const counted = (n: number, what: string): string => `${whole(n)} ${what}${n === 1 ? '' : 's'}`
