import type { Failure } from '../../../../shared/errors.ts'
import { sidesOf as sidesOfView } from '../../../../shared/sides.ts'
import { turnsOf } from '../../../../shared/view.ts'
import type { Picture } from '../../../engine/protocol.ts'
import type { Sheet } from '../sheet.ts'
import type { Words } from '../words.ts'
import type { CaseReport } from './data.ts'
import { sliceShown } from './series.ts'

/** Room above the image for what was done to it, pt. */
const ABOVE = 38
/** Room above and beneath it. */
export const AROUND = ABOVE + 24

interface Box {
  x: number
  y: number
  side: number
}

/** The image in a square, with what was done to it said above and how it is shown beneath. Returns where it ends. */
export function drawImage(sheet: Sheet, { picture, detail, series }: CaseReport, { x, y, side }: Box): number {
  const place = { x, width: side }
  const { view: said } = sheet.words
  const texts = sheet.words.texts.case.image
  const changes = picture && 'png' in picture ? changesOf(picture, sheet.words) : []
  if (changes.length > 0) drawChanges(sheet, texts.changed(changes.join(', ')), picture as Picture, { x, y, side })
  else if (picture && 'png' in picture) {
    if (series) sheet.line(sliceShown(series, sheet.words), { ...place, y: y + 12, size: 7.5, bold: true })
    sheet.line(texts.asInFile, { ...place, y: y + 22, size: 7.5 })
  }
  const top = y + ABOVE
  if (picture && 'png' in picture) drawPicture(sheet, picture, { x, y: top, side })
  else drawNone(sheet, picture, { x, y: top, side })
  sheet.frame(x, top, side, side)
  if (picture && 'png' in picture) {
    const { low, high } = picture.view.window
    const { slope, intercept } = picture.scale ?? { slope: 1, intercept: 0 }
    const level = ((high + low) / 2) * slope + intercept
    const values = texts.window(Math.round((high - low) * Math.abs(slope)), Math.round(level))
    const sides = sidesOfView(detail.dicom?.orientation ?? null, picture.view)
    const below = `${values}. ${sides ? said.sides(sides) : said.noSides}`
    // Never cut: which side is which.
    const size = sheet.widthOf(below, { size: 7.5 }) <= side ? 7.5 : 6.4
    const next = sheet.paragraph(below, { ...place, y: top + side + 2, size })
    sheet.line(texts.noPrint, { ...place, y: next, size })
  }
  return top + side + 24
}

/** In a frame, and never cut: two lines hold all that can be done to a view. */
function drawChanges(sheet: Sheet, changes: string, picture: Picture, { x, y, side }: Box): void {
  sheet.frame(x, y, side, ABOVE - 3, 1.2)
  const inside = { x: x + 5, width: side - 10, size: 7.5 }
  const next = sheet.paragraph(changes, { ...inside, y: y + 1.5, bold: true })
  sheet.paragraph(sidesOf(picture, sheet.words.texts.case.image), { ...inside, y: next })
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

function drawPicture(sheet: Sheet, picture: Picture, { x, y, side }: Box): void {
  const { words } = sheet
  const alt = [words.texts.case.image.alt, ...changesOf(picture, words)].join(', ')
  const draw = () => {
    // What a picture leaves free is black, as around it on the screen.
    sheet.doc.rect(x, y, side, side).fill('#000')
    sheet.doc.image(Buffer.from(picture.png), x, y, { fit: [side, side], align: 'center', valign: 'center' })
  }
  sheet.tag('Figure', draw, { alt })
}

function drawNone(sheet: Sheet, failure: Failure | null, { x, y, side }: Box): void {
  const place = { x: x + 16, width: side - 32, align: 'center' } as const
  const { none } = sheet.words.texts.case.image
  const next = sheet.paragraph(none, { ...place, y: y + side / 2 - 24, size: 10, bold: true })
  if (!failure) return
  const { message, code } = sheet.words.failure(failure)
  sheet.paragraph(`${message} [${code}]`, { ...place, y: next + 2, size: 8.5 })
}
