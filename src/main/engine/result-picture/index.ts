import sharp, { type OverlayOptions } from 'sharp'
import type { Pixels, ResultCaption } from '../../../shared/result-picture.ts'
import { drawText, type TextStyle } from './text.ts'

/** Of the image's square, px; as wide is the picture, or twice that where there is a heat map. */
const SIDE = 768
const BANNER_HEIGHT = 40
const PANEL_HEIGHT = 192
const MARGIN = 16
const HALF = (SIDE - 3 * MARGIN) / 2
const ROW_HEIGHT = 32
const LINE_HEIGHT = 24

const WHITE = '#e6e6e6'
const GREY = '#a0a0a0'
const AMBER = '#ffc857'

/**
 * Image and answer as one picture: banner above, answer below, nothing over the image. The image is scaled to fit, with its
 * proportions; its heat map stands to its right, with what it is below.
 *
 * @param fontsDir Folder of the fonts of the reports.
 */
export async function drawResult(image: Pixels, caption: ResultCaption, fontsDir: string): Promise<Pixels> {
  const { width, height, channels, data } = image
  const shown = await sharp(data, { raw: { width, height, channels } })
    .toColourspace('srgb')
    .resize(SIDE, SIDE, { fit: 'contain', background: '#000000', kernel: 'cubic' })
    .png()
    .toBuffer()
  const below = await notes(caption.notes, fontsDir)
  const whole = { width: caption.heat ? 2 * SIDE : SIDE, height: BANNER_HEIGHT + SIDE + PANEL_HEIGHT + below.height }
  const layers = [
    { input: shown, left: 0, top: BANNER_HEIGHT },
    ...(await banner(caption.banner, whole.width, fontsDir)),
    ...(await answer(caption, fontsDir)),
    ...(await origin(caption.lines, fontsDir)),
    ...(caption.heat ? await heatLayers(caption.heat, fontsDir) : []),
    ...below.layers,
  ]
  const raw = await sharp({ create: { ...whole, channels: 3, background: '#000000' } })
    .composite(layers)
    .removeAlpha()
    .raw()
    .toBuffer()
  return { ...whole, channels: 3, data: raw }
}

async function banner(text: string, across: number, fontsDir: string): Promise<OverlayOptions[]> {
  const style = { size: 20, bold: true, colour: AMBER, width: across - 2 * MARGIN }
  const { input, width, height } = await drawText(text, style, fontsDir)
  return [layer(input, (across - width) / 2, (BANNER_HEIGHT - height) / 2)]
}

/** The map as large as the image and where it lies in its own square; what it is, and where it is not to be trusted. */
async function heatLayers({ png, lines, caution }: NonNullable<ResultCaption['heat']>, fontsDir: string) {
  const map = await sharp(png).resize(SIDE, SIDE, { fit: 'contain', background: '#000000', kernel: 'cubic' }).toBuffer()
  const layers = [{ input: map, left: SIDE, top: BANNER_HEIGHT }]
  const style = { size: 15, bold: false, colour: WHITE, width: SIDE - 2 * MARGIN }
  const texts: { text: string; style: TextStyle }[] = [
    ...lines.map((text, i) => ({ text, style: { ...style, bold: i === 0 } })),
    ...(caution ? [{ text: caution, style: { ...style, bold: true, colour: AMBER } }] : []),
  ]
  let top = BANNER_HEIGHT + SIDE + MARGIN
  for (const { text, style } of texts) {
    const { input, height } = await drawText(text, style, fontsDir)
    layers.push(layer(input, SIDE + MARGIN, top) as (typeof layers)[number])
    top += Math.ceil(height / LINE_HEIGHT) * LINE_HEIGHT
  }
  return layers
}

/** The called label, and a bar for each. */
async function answer({ title, rows }: ResultCaption, fontsDir: string): Promise<OverlayOptions[]> {
  const top = BANNER_HEIGHT + SIDE + MARGIN
  const small: TextStyle = { size: 15, bold: false, colour: WHITE, width: 150 }
  const head = await drawText(title, { ...small, size: 22, bold: true, width: HALF }, fontsDir)
  const drawn = rows.map(async ({ name, text, share }, index) => {
    const y = top + 44 + index * ROW_HEIGHT
    const [label, number] = [await drawText(name, small, fontsDir), await drawText(text, small, fontsDir)]
    const full = HALF - 220
    const bars = [bar(MARGIN + 150, y, full, '#303030'), bar(MARGIN + 150, y, Math.round(full * share), WHITE)]
    return [layer(label.input, MARGIN, y), ...bars.flat(), layer(number.input, MARGIN + 150 + full + 12, y)]
  })
  return [layer(head.input, MARGIN, top), ...(await Promise.all(drawn)).flat()]
}

function bar(left: number, top: number, width: number, background: string): OverlayOptions[] {
  if (width < 1) return []
  return [{ input: { create: { width, height: 12, channels: 3, background } }, left, top: top + 2 }]
}

/** As many lines as there is room for. */
async function origin(lines: string[], fontsDir: string): Promise<OverlayOptions[]> {
  const style = { size: 14, bold: false, colour: GREY, width: HALF }
  const layers: OverlayOptions[] = []
  let top = BANNER_HEIGHT + SIDE + MARGIN
  for (const line of lines) {
    const { input, height } = await drawText(line, style, fontsDir)
    if (top + height > BANNER_HEIGHT + SIDE + PANEL_HEIGHT) break
    layers.push(layer(input, 2 * MARGIN + HALF, top))
    top += Math.ceil(height / LINE_HEIGHT) * LINE_HEIGHT
  }
  return layers
}

/** In a strip of their own, as high as they need. */
async function notes(text: string, fontsDir: string): Promise<{ layers: OverlayOptions[]; height: number }> {
  if (text === '') return { layers: [], height: 0 }
  const style = { size: 15, bold: true, colour: AMBER, width: SIDE - 2 * MARGIN }
  const { input, height } = await drawText(text, style, fontsDir)
  return { layers: [layer(input, MARGIN, BANNER_HEIGHT + SIDE + PANEL_HEIGHT)], height: height + MARGIN }
}

const layer = (input: OverlayOptions['input'], left: number, top: number): OverlayOptions => ({
  input,
  left: Math.round(left),
  top: Math.round(top),
})
