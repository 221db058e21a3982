import { ruleText, SCOPE_NAMES, SCOPES, type Series, type Slice } from '../../../../shared/series.ts'
import { type Line, lineHeight, type Sheet } from '../sheet.ts'
import { drawStrip, STRIP_HEIGHT } from './strip.ts'

type Place = Pick<Line, 'x' | 'y' | 'width'>

const HEADING = { size: 8.5, bold: true, tag: 'H2' } as const
const TEXT = { size: 7.5 } as const
const GAP = 4

/** pt: its texts have as many lines as they need. */
export function seriesHeight(sheet: Sheet, series: Series, width: number): number {
  const lines = textsOf(series).flatMap((text) => sheet.wrap(text, width, TEXT))
  return GAP + lineHeight(HEADING.size) + STRIP_HEIGHT + lines.length * lineHeight(TEXT.size) + GAP
}

/** The model's probabilities along the slices, which of them decided, by which rule, and what must be said with it. */
export function drawSeries(sheet: Sheet, series: Series, place: Place): void {
  sheet.rule(place.y)
  const heading = 'Probability of a tumour along the slices'
  sheet.line(heading, { ...place, y: place.y + GAP, ...HEADING })
  let y = place.y + GAP + lineHeight(HEADING.size)
  drawStrip(sheet, series, { ...place, y })
  y += STRIP_HEIGHT
  for (const text of textsOf(series)) y = sheet.paragraph(text, { ...place, y, ...TEXT })
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

function textsOf(series: Series): string[] {
  const { slices, rule, cautions } = series
  return [decidedBy(series), notCounted(slices), `Rule ${rule}: ${ruleText(rule)}`, cautions.join(' ')].filter(Boolean)
}

function decidedBy({ slices, deciding, key }: Series): string {
  const shown = slices[key]
  const image = shown ? `The image above is ${sliceName(shown)}${mmOf(shown)}` : ''
  if (deciding === null) return `No slice decided. ${image}, from the middle.`
  const names = slices.filter(({ place }) => deciding.includes(place)).map(sliceName)
  return `Decided by ${names.join(', ')}. ${image}, the most suspicious of them.`
}

/** By reason, the commonest first. */
function notCounted(slices: Slice[]): string {
  const counts = SCOPES.filter((scope) => scope !== 'counted').map((scope) => ({
    scope,
    n: slices.filter((slice) => slice.scope === scope).length,
  }))
  const found = counts.filter(({ n }) => n > 0).sort((a, b) => b.n - a.n)
  const reasons = found.map(({ scope, n }) => `${n}: ${SCOPE_NAMES[scope]}`)
  return reasons.length === 0 ? 'All slices are counted.' : `Not counted (hatched). ${reasons.join('. ')}.`
}
