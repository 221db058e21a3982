import { HEAT_NOTE } from '../../../../shared/heat.ts'
import { faithfulFigures, faithfulVerdict, METHOD_NAMES } from '../../../../shared/heat-words.ts'
import { formatConfidence, LABEL_NAMES } from '../../../../shared/labels.ts'
import type { ResultMap } from '../../explain/result-map.ts'
import type { Line, Sheet } from '../sheet.ts'

/** Of the picture, pt. */
const SIDE = 380

/** What the model used, and whether that is to be believed; or why there is no map. */
export function drawMap(sheet: Sheet, map: ResultMap, place: Pick<Line, 'x' | 'y' | 'width'>): void {
  sheet.line('Heat map of the answer', { ...place, size: 8.5, bold: true, tag: 'H2' })
  let y = sheet.paragraph(`${HEAT_NOTE}.`, { ...place, y: place.y + 16, size: 12, bold: true }) + 4
  if ('none' in map) {
    sheet.paragraph(map.none, { ...place, y, size: 9 })
    return
  }
  const { label, method, confidences, faithfulness, png, peak } = map
  const x = place.x + (place.width - SIDE) / 2
  const alt = `The image under its heat map; the peak at ${share(peak.x)} of the width and ${share(peak.y)} of the height`
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
    `${LABEL_NAMES[label]}, probability ${formatConfidence(confidences[label])}; the map is made by ${METHOD_NAMES[method]}. Viridis: yellow is the most, the cross is the peak. The image is shown as the viewer opens it, with its orientation as in the file.`,
    ...(faithfulness ? [faithfulVerdict(faithfulness), faithfulFigures(faithfulness)] : []),
    'No outline of a tumour, and no measure of its size.',
  ]
  for (const [i, part] of parts.entries())
    y = sheet.paragraph(part, { ...place, y, size: 9, bold: i === 1 && faithfulness?.faithful === false }) + 3
}

const share = (value: number) => `${(100 * value).toFixed(0)} %`
