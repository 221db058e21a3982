import { isOfFrames, ruleText, SCOPES, type Series, type Slice } from '../../../../shared/series.ts'
import { type Line, lineHeight, type Sheet } from '../sheet.ts'
import type { Words } from '../words.ts'
import { drawStrip, STRIP_HEIGHT } from './strip.ts'

type Place = Pick<Line, 'x' | 'y' | 'width'>

const HEADING = { size: 8.5, bold: true, tag: 'H2' } as const
const TEXT = { size: 7.5 } as const
const GAP = 4

/** pt: its texts have as many lines as they need. */
export function seriesHeight(sheet: Sheet, series: Series, judged: boolean, width: number): number {
  const lines = textsOf(series, judged, sheet.words).flatMap((text) => sheet.wrap(text, width, TEXT))
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
  const texts = sheet.words.texts.case.series
  const heading = judged ? texts.chart : texts.slices
  sheet.line(heading, { ...place, y: place.y + GAP, ...HEADING })
  let y = place.y + GAP + lineHeight(HEADING.size)
  if (judged) {
    drawStrip(sheet, series, { ...place, y })
    y += STRIP_HEIGHT
  }
  for (const text of textsOf(series, judged, sheet.words)) y = sheet.paragraph(text, { ...place, y, ...TEXT })
}

/** Its place in the stack, and its number in the files. */
export const sliceName = ({ frame, place, instanceNumber }: Slice, { texts }: Words): string =>
  texts.case.series.slice(place, instanceNumber, frame !== null)

/** Of which of its slices the image of a series is, for beside it. */
export function sliceShown({ slices, key }: Series, { texts }: Words): string {
  const shown = slices[key]
  if (!shown) return ''
  const { frame, place, instanceNumber, mm } = shown
  return texts.case.series.shown(place, slices.length, instanceNumber, mm, frame !== null)
}

function textsOf(series: Series, judged: boolean, words: Words): string[] {
  const { slices, rule, cautions } = series
  const texts = words.texts.case.series
  const first = judged ? [] : [texts.noStrip]
  const ruled = texts.rule(rule, ruleText(rule, words.ruleTexts))
  const said = cautions.map((caution) => words.sentence(caution)).join(' ')
  const counting = `${decidedBy(series, words)} ${notCounted(slices, judged, words)}`
  return [...first, counting, ruled, said].filter(Boolean)
}

function decidedBy(series: Series, words: Words): string {
  const { slices, deciding, key } = series
  const texts = words.texts.case.series
  const shown = slices[key]
  const image = shown ? texts.imageAbove(sliceName(shown, words), shown.mm) : ''
  if (deciding === null) return texts.noneDecided(image)
  const names = slices.filter(({ place }) => deciding.includes(place)).map((slice) => sliceName(slice, words))
  return texts.decided(names.join(', '), image, isOfFrames(series))
}

/** By reason, the commonest first. @param hatched as they are in the strip */
function notCounted(slices: Slice[], hatched: boolean, words: Words): string {
  const texts = words.texts.case.series
  const counts = SCOPES.filter((scope) => scope !== 'counted').map((scope) => ({
    scope,
    n: slices.filter((slice) => slice.scope === scope).length,
  }))
  const found = counts.filter(({ n }) => n > 0).sort((a, b) => b.n - a.n)
  const reasons = found.map(({ scope, n }) => `${n}: ${words.scopes[scope]}`)
  return reasons.length === 0 ? texts.allCounted : texts.notCounted(reasons.join('. '), hatched)
}
