import { ruleText, SCOPE_NAMES, SCOPES, type Series, type Slice } from '../../../../shared/series.ts'
import { type Line, lineHeight, type Sheet } from '../sheet.ts'
import { drawStrip, STRIP_HEIGHT } from './strip.ts'

type Place = Pick<Line, 'x' | 'y' | 'width'>

const HEADING = { size: 8.5, bold: true, tag: 'H2' } as const
const TEXT = { size: 7.5 } as const
const GAP = 4

/** pt: its texts have as many lines as they need. */
export function seriesHeight(sheet: Sheet, series: Series, judged: boolean, width: number): number {
  const lines = textsOf(series, judged).flatMap((text) => sheet.wrap(text, width, TEXT))
  const strip = judged ? STRIP_HEIGHT : 0
  return GAP + lineHeight(HEADING.size) + strip + lines.length * lineHeight(TEXT.size) + GAP
}

/**
 * The model's probabilities along the slices, which of them decided, by which rule, and what must be said with it.
 *
 * @param judged whether the series has an answer: without one no number of a slice is printed
 */
export function drawSeries(sheet: Sheet, series: Series, judged: boolean, place: Place): void {
  sheet.rule(place.y)
  const heading = judged ? 'Probability of a tumour along the slices' : 'The slices'
  sheet.line(heading, { ...place, y: place.y + GAP, ...HEADING })
  let y = place.y + GAP + lineHeight(HEADING.size)
  if (judged) {
    drawStrip(sheet, series, { ...place, y })
    y += STRIP_HEIGHT
  }
  for (const text of textsOf(series, judged)) y = sheet.paragraph(text, { ...place, y, ...TEXT })
}

/** Its place in the stack, and its number in the files. */
export const sliceName = ({ frame, place, instanceNumber }: Slice): string =>
  `${frame === null ? 'slice' : 'frame'} ${place + 1}${instanceNumber === null ? '' : ` (instance ${instanceNumber})`}`

const mmOf = ({ mm }: Slice) => (mm === null ? '' : ` at ${mm.toFixed(1)} mm`)

/** Of which of its slices the image of a series is, for beside it. */
export function sliceShown({ slices, key }: Series): string {
  const shown = slices[key]
  if (!shown) return ''
  const { frame, place, instanceNumber } = shown
  const number = instanceNumber === null ? '' : ` (instance ${instanceNumber})`
  return `${frame === null ? 'Slice' : 'Frame'} ${place + 1} of ${slices.length}${number}${mmOf(shown)}`
}

const NO_STRIP =
  'The model has no answer for the whole. What the network says of single slices means nothing by itself, and is not printed.'

function textsOf(series: Series, judged: boolean): string[] {
  const { slices, rule, cautions } = series
  const first = judged ? [] : [NO_STRIP]
  const ruled = `Rule ${rule}: ${ruleText(rule)}`
  return [...first, decidedBy(series), notCounted(slices, judged), ruled, cautions.join(' ')].filter(Boolean)
}

function decidedBy({ slices, deciding, key }: Series): string {
  const shown = slices[key]
  const image = shown ? `The image above is ${sliceName(shown)}${mmOf(shown)}` : ''
  if (deciding === null) return `No slice decided. ${image}, from the middle.`
  const names = slices.filter(({ place }) => deciding.includes(place)).map(sliceName)
  return `Decided by ${names.join(', ')}. ${image}, the most suspicious of them.`
}

/** By reason, the commonest first. @param hatched as they are in the strip */
function notCounted(slices: Slice[], hatched: boolean): string {
  const counts = SCOPES.filter((scope) => scope !== 'counted').map((scope) => ({
    scope,
    n: slices.filter((slice) => slice.scope === scope).length,
  }))
  const found = counts.filter(({ n }) => n > 0).sort((a, b) => b.n - a.n)
  const reasons = found.map(({ scope, n }) => `${n}: ${SCOPE_NAMES[scope]}`)
  return reasons.length === 0
    ? 'All slices are counted.'
    : `Not counted${hatched ? ' (hatched)' : ''}. ${reasons.join('. ')}.`
}
