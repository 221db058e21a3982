import type { Failure } from '../../../../shared/errors.ts'
import { sidesOf as sidesOfView } from '../../../../shared/sides.ts'
import { type Sides, turnsOf } from '../../../../shared/view.ts'
import type { Picture } from '../../../engine/protocol.ts'
import { lineHeight, type Sheet } from '../sheet.ts'
import type { Words } from '../words.ts'
import type { CaseReport } from './data.ts'
import { sliceShown } from './series.ts'

/** Room above the image for what was done to it, at least, pt. */
const ABOVE = 38
/** Of what was done to it, and around it. */
const CHANGED = { size: 7.5, left: 5, top: 1.5, below: 4.5 }
/** Beneath it, at least. */
const BELOW = 24

interface Box {
  x: number
  y: number
  side: number
}

/** The image in a square, with what was done to it said above and how it is shown beneath. */
export function drawImage(sheet: Sheet, { picture, detail, series }: CaseReport, { x, y, side }: Box): void {
  const place = { x, width: side }
  const texts = sheet.words.texts.case.image
  const above = heightAbove(sheet, picture, side)
  const changes = changesIn(sheet, picture, side)
  if (changes) drawChanges(sheet, changes, { x, y, side, height: above - 3 })
  else if (picture && 'png' in picture) {
    if (series) sheet.line(sliceShown(series, sheet.words), { ...place, y: y + 12, size: 7.5, bold: true })
    sheet.line(texts.asInFile, { ...place, y: y + 22, size: 7.5 })
  }
  const top = y + above
  if (picture && 'png' in picture) drawPicture(sheet, { picture, detail }, { x, y: top, side })
  else drawNone(sheet, picture, { x, y: top, side })
  sheet.frame(x, top, side, side)
  const caption = captionOf(sheet, { picture, detail }, side)
  if (caption === null) return
  const next = sheet.paragraph(caption.text, { ...place, y: top + side + 2, size: caption.size })
  sheet.line(texts.noPrint, { ...place, y: next, size: caption.size })
}

/** How high it is with what stands above and beneath it, pt. */
export function imageHeight(sheet: Sheet, report: CaseReport, side: number): number {
  const caption = captionOf(sheet, report, side)
  const above = heightAbove(sheet, report.picture, side)
  if (caption === null) return above + side + BELOW
  const lines = sheet.wrap(caption.text, side, caption).length + 1
  return above + side + Math.max(BELOW, 2 + lines * lineHeight(caption.size))
}

/** How the image is shown, in a size that is never cut: which side is which. */
function captionOf(sheet: Sheet, { picture, detail }: Pick<CaseReport, 'picture' | 'detail'>, side: number) {
  if (!picture || !('png' in picture)) return null
  const { view: said, texts } = sheet.words
  const { low, high } = picture.view.window
  const { slope, intercept } = picture.scale ?? { slope: 1, intercept: 0 }
  const level = ((high + low) / 2) * slope + intercept
  const values = texts.case.image.window(Math.round((high - low) * Math.abs(slope)), Math.round(level))
  const sides = sidesOfView(detail.dicom?.orientation ?? null, picture.view)
  const text = `${values}. ${sides ? said.sides(sides) : said.noSides}`
  return { text, size: sheet.widthOf(text, { size: 7.5 }) <= side ? 7.5 : 6.4 }
}

/** In lines: what was done to the view, and what that means for its sides. Null where it is as in the file. */
interface Changes {
  what: string[]
  sides: string[]
}

function changesIn(sheet: Sheet, picture: CaseReport['picture'], side: number): Changes | null {
  const changes = picture && 'png' in picture ? changesOf(picture, sheet.words) : []
  if (!picture || !('png' in picture) || changes.length === 0) return null
  const texts = sheet.words.texts.case.image
  const width = side - 2 * CHANGED.left
  const what = sheet.wrap(texts.changed(changes.join(', ')), width, { ...CHANGED, bold: true })
  return { what, sides: sheet.wrap(sidesOf(picture, texts), width, CHANGED) }
}

function heightAbove(sheet: Sheet, picture: CaseReport['picture'], side: number): number {
  const { what = [], sides = [] } = changesIn(sheet, picture, side) ?? {}
  return Math.max(ABOVE, CHANGED.top + (what.length + sides.length) * lineHeight(CHANGED.size) + CHANGED.below)
}

/** In a frame, and never cut. */
function drawChanges(sheet: Sheet, { what, sides }: Changes, { x, y, side, height }: Box & { height: number }): void {
  sheet.frame(x, y, side, height, 1.2)
  const inside = { x: x + CHANGED.left, width: side - 2 * CHANGED.left, size: CHANGED.size }
  const next = sheet.lines(what, { ...inside, y: y + CHANGED.top, bold: true })
  sheet.lines(sides, { ...inside, y: next })
}

const changesOf = ({ view }: Picture, { view: said }: Words): string[] => [
  ...turnsOf(view, said),
  ...(view.inverted ? [said.inverted] : []),
]

function sidesOf({ view }: Picture, texts: Words['texts']['case']['image']): string {
  const { flippedH, flippedV } = view
  if (flippedH !== flippedV) return texts.mirrored
  return turnsOf(view).length > 0 ? texts.turned : texts.sidesAsInFile
}

function drawPicture(
  sheet: Sheet,
  { picture, detail }: { picture: Picture; detail: CaseReport['detail'] },
  { x, y, side }: Box,
): void {
  const { words } = sheet
  const sides = sidesOfView(detail.dicom?.orientation ?? null, picture.view)
  const alt = [words.texts.case.image.alt, ...changesOf(picture, words)].join(', ')
  const draw = () => {
    // What a picture leaves free is black, as around it on the screen.
    sheet.doc.rect(x, y, side, side).fill('#000')
    sheet.doc.image(Buffer.from(picture.png), x, y, { fit: [side, side], align: 'center', valign: 'center' })
    if (sides) drawLetters(sheet, sides, { x, y, side })
  }
  sheet.tag('Figure', draw, { alt })
}

/** Letters of the patient's sides at the edges of the square, to be read on white and on black. */
function drawLetters(sheet: Sheet, sides: Sides, { x, y, side }: Box): void {
  const style = { size: 9, bold: true }
  const height = lineHeight(style.size)
  for (const edge of ['left', 'right', 'top', 'bottom'] as const) {
    const width = sheet.widthOf(sides[edge], style) + 6
    const across = { left: 2, right: side - width - 2, top: (side - width) / 2, bottom: (side - width) / 2 }[edge]
    const down = { left: (side - height) / 2, right: (side - height) / 2, top: 2, bottom: side - height - 2 }[edge]
    sheet.doc.rect(x + across, y + down, width, height).fill('#fff')
    sheet.letter(sides[edge], { ...style, x: x + across + 3, y: y + down, width })
  }
}

function drawNone(sheet: Sheet, failure: Failure | null, { x, y, side }: Box): void {
  const place = { x: x + 16, width: side - 32, align: 'center' } as const
  const { none } = sheet.words.texts.case.image
  const next = sheet.paragraph(none, { ...place, y: y + side / 2 - 24, size: 10, bold: true })
  if (!failure) return
  const { message, code } = sheet.words.failure(failure)
  sheet.paragraph(`${message} [${code}]`, { ...place, y: next + 2, size: 8.5 })
}
