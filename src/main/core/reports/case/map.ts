import { faithfulFigures, faithfulVerdict, heatNoteOf } from '../../../../shared/heat-words.ts'
import { formatConfidence } from '../../../../shared/labels.ts'
import type { ResultMap } from '../../explain/result-map.ts'
import type { Line, Sheet } from '../sheet.ts'

/** Of the picture, pt. */
const SIDE = 380

/** What the model used, and whether that is to be believed; or why there is no map. */
export function drawMap(sheet: Sheet, map: ResultMap, place: Pick<Line, 'x' | 'y' | 'width'>): void {
  const { words } = sheet
  const texts = words.texts.case.map
  sheet.line(texts.title, { ...place, size: 8.5, bold: true, tag: 'H2' })
  const note = heatNoteOf('none' in map ? null : map.faithfulness, words.heatNotes)
  let y = sheet.paragraph(`${note}.`, { ...place, y: place.y + 16, size: 12, bold: true }) + 4
  if ('none' in map) {
    const why = map.failure ? words.failure(map.failure).message : words.sentence(map.none)
    sheet.paragraph(why, { ...place, y, size: 9 })
    return
  }
  const { label, method, confidences, faithfulness, png, peak } = map
  const x = place.x + (place.width - SIDE) / 2
  const alt = texts.alt(words.numbers.percent(peak.x), words.numbers.percent(peak.y))
  sheet.tag(
    'Figure',
    () => {
      sheet.doc.rect(x, y, SIDE, SIDE).fill('#000')
      sheet.doc.image(Buffer.from(png), x, y, { fit: [SIDE, SIDE], align: 'center', valign: 'center' })
    },
    { alt },
  )
  y += SIDE + 8
  const parts = [
    texts.how(words.labels[label], formatConfidence(confidences[label], words.language), words.methods[method]),
    ...(faithfulness
      ? [faithfulVerdict(faithfulness, words.faithful), faithfulFigures(faithfulness, words.faithful)]
      : []),
    texts.noOutline,
  ]
  for (const [i, part] of parts.entries())
    y = sheet.paragraph(part, { ...place, y, size: 9, bold: i === 1 && faithfulness?.faithful === false }) + 3
}
