import sharp, { type OverlayOptions } from 'sharp'
import { faithfulFigures, faithfulVerdict, heatNoteOf, METHOD_NAMES } from '../../../shared/heat-words.ts'
import { BANNER, formatConfidence, LABEL_NAMES } from '../../../shared/labels.ts'
import { viridis } from '../../../shared/viridis.ts'
import { drawView } from '../preprocess/display.ts'
import { drawText, type TextStyle } from '../result-picture/text.ts'
import type { DecodedImage } from '../types.ts'
import type { Explained, HeatMap } from './types.ts'

/** Longer side of the image, px. */
const SIDE = 768
const MARGIN = 16
const LINE = 28
/** Most that the colours hide of the image. */
const OPACITY = 0.65
/** Period and gap of the hatching, px, both on its diagonal. */
const [PERIOD, GAP] = [16, 9]
/** Half the arm of the cross at the peak, px. */
const ARM = 9

const WHITE: TextStyle = { size: 18, bold: false, colour: '#e6e6e6', width: SIDE - 2 * MARGIN }
const AMBER: TextStyle = { ...WHITE, colour: '#ffc857', bold: true }

/**
 * The image as the viewer opens it under its map in colours (hatched where the map is not faithful), the peak crossed. Longer
 * side 768 px; PNG in sRGB.
 */
export async function paintBare(image: DecodedImage, map: Explained): Promise<Uint8Array> {
  const { png } = await drawView(image, null)
  const scale = SIDE / Math.max(map.width, map.height)
  const [width, height] = [Math.max(1, Math.round(map.width * scale)), Math.max(1, Math.round(map.height * scale))]
  const shown = sharp(png).toColourspace('srgb').resize(width, height, { fit: 'fill' })
  const heat = await sharp(colours(map, width, height), { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer()
  // Resized before it is covered: sharp would cover first.
  return sharp(await shown.png().toBuffer())
    .composite([{ input: heat }])
    .removeAlpha()
    .png()
    .toBuffer()
}

/**
 * The same, with what the map is and what it is not above and beneath it. PNG.
 *
 * @param fontsDir folder of the fonts of the reports
 */
export async function paint(image: DecodedImage, map: Explained, fontsDir: string): Promise<Uint8Array> {
  const bare = await paintBare(image, map)
  const { width = 0, height = 0 } = await sharp(bare).metadata()
  const layers: OverlayOptions[] = [
    { input: Buffer.from(bare), left: Math.round((SIDE - width) / 2), top: LINE + MARGIN },
  ]
  let top = MARGIN / 2
  for (const [i, { text, style }] of linesOf(map).entries()) {
    if (i === 1) top = LINE + 2 * MARGIN + height
    const drawn = await drawText(text, style, fontsDir)
    layers.push({ input: drawn.input, left: MARGIN, top: Math.round(top) })
    top += Math.max(LINE, drawn.height + MARGIN / 2)
  }
  const whole = { width: SIDE, height: Math.round(top + MARGIN) }
  return sharp({ create: { ...whole, channels: 3, background: '#000000' } })
    .composite(layers)
    .png({ compressionLevel: 9 })
    .toBuffer()
}

/** RGBA: the more heat, the lighter and the less clear. */
function colours(map: HeatMap & Pick<Explained, 'faithfulness'>, width: number, height: number): Uint8Array {
  const drawn = new Uint8Array(width * height * 4)
  const hatched = map.faithfulness?.faithful === false
  const [peakX, peakY] = [map.peak.x * width, map.peak.y * height]
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) {
      const value = valueAt(map, ((x + 0.5) * map.width) / width - 0.5, ((y + 0.5) * map.height) / height - 0.5)
      const onCross = isCross(x - peakX, y - peakY)
      const [r, g, b] = onCross ? [255, 255, 255] : viridis(value)
      const gap = hatched && (x + y) % PERIOD < GAP
      drawn.set([r, g, b, onCross ? 255 : gap ? 0 : Math.round(255 * OPACITY * Math.min(1, 1.4 * value))], at)
    }
  return drawn
}

const isCross = (dx: number, dy: number): boolean =>
  Math.min(Math.abs(dx), Math.abs(dy)) < 1.5 && Math.max(Math.abs(dx), Math.abs(dy)) < ARM

function valueAt({ width, height, values }: HeatMap, x: number, y: number): number {
  const [column, row] = [Math.min(width - 1, Math.max(0, x)), Math.min(height - 1, Math.max(0, y))]
  const [left, top] = [Math.floor(column), Math.floor(row)]
  const [right, bottom] = [Math.min(width - 1, left + 1), Math.min(height - 1, top + 1)]
  const of = (cx: number, cy: number) => values[cy * width + cx] as number
  const upper = of(left, top) + (of(right, top) - of(left, top)) * (column - left)
  const lower = of(left, bottom) + (of(right, bottom) - of(left, bottom)) * (column - left)
  return upper + (lower - upper) * (row - top)
}

function linesOf(map: Explained): { text: string; style: TextStyle }[] {
  const { label, method, confidences, faithfulness } = map
  const what = `${LABEL_NAMES[label]} (probability ${formatConfidence(confidences[label])}), map by ${METHOD_NAMES[method]}`
  const measured = faithfulness
    ? [
        {
          text: `${faithfulVerdict(faithfulness)} ${faithfulFigures(faithfulness)}`,
          style: faithfulness.faithful ? WHITE : AMBER,
        },
      ]
    : []
  return [
    { text: BANNER, style: AMBER },
    { text: what, style: { ...WHITE, bold: true } },
    { text: `${heatNoteOf(faithfulness)}. Viridis: yellow is the most; the cross is the peak.`, style: WHITE },
    ...measured,
  ]
}
