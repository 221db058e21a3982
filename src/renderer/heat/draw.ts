import { OUTLINE_LEVELS } from '../../shared/heat.ts'
import { VIRIDIS_STOPS, viridis } from '../../shared/viridis.ts'
import type { Where } from '../over-image/painter.ts'
import { contourOf } from './contour.ts'
import type { Heated } from './heat.svelte.ts'

/** Period of the hatching and its gap, px (CSS), across its stripes. */
const [PERIOD, GAP] = [11, 6]
/** Half the arm of the cross at the peak, px (CSS). */
const ARM = 9
/** From this share of the highest value on, colours hide as much of the image as they may. */
const FULL_FROM = 0.7
const BRIGHTEST = `#${VIRIDIS_STOPS.at(-1)}`

export interface Look extends Where {
  opacity: number
  outline: boolean
  /** Of stripes and cross, where the image is small; 1 where it is not told. */
  grain?: number
}

/** Draws a map over where its image lies, hatched (its outline dashed) where it is not faithful, and a cross at its peak. */
export function drawHeat(
  canvas: HTMLCanvasElement,
  map: Heated | null,
  { placement, ratio, opacity, outline, grain = 1 }: Look,
): void {
  const context = canvas.getContext('2d')
  if (!context) return
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, canvas.width, canvas.height)
  if (!map) return
  const hatched = map.faithfulness?.faithful === false
  const place = new DOMMatrix([ratio, 0, 0, ratio, 0, 0]).multiply(new DOMMatrix(placement))
  if (outline) drawOutline(context, map, place, ratio * grain, hatched)
  else {
    context.setTransform(place)
    context.globalAlpha = opacity
    context.imageSmoothingQuality = 'high'
    context.drawImage(coloursOf(map), 0, 0, 1, 1)
    context.globalAlpha = 1
    if (hatched) hatch(context, ratio * grain)
  }
  drawCross(context, place.transformPoint(map.peak), ratio * grain)
}

/** Values of a map, 0–255, row by row. */
type Values = Pick<Heated, 'width' | 'height' | 'bytes'>

const coloured = new WeakMap<Values, HTMLCanvasElement>()

/** The map in colours: the more heat, the lighter and the less clear. */
export function coloursOf(map: Values): HTMLCanvasElement {
  const known = coloured.get(map)
  if (known) return known
  const canvas = document.createElement('canvas')
  canvas.width = map.width
  canvas.height = map.height
  const pixels = new ImageData(map.width, map.height)
  for (const [i, byte] of map.bytes.entries()) {
    const value = byte / 255
    pixels.data.set([...viridis(value), Math.round(255 * Math.min(1, value / FULL_FROM))], 4 * i)
  }
  canvas.getContext('2d')?.putImageData(pixels, 0, 0)
  coloured.set(map, canvas)
  return canvas
}

/** Stripes of the image itself, as wide on the screen at every zoom. */
function hatch(context: CanvasRenderingContext2D, ratio: number): void {
  const { width, height } = context.canvas
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.globalCompositeOperation = 'destination-out'
  context.lineWidth = GAP * ratio
  context.beginPath()
  for (let x = -height; x < width; x += PERIOD * Math.SQRT2 * ratio) {
    context.moveTo(x, height)
    context.lineTo(x + height, 0)
  }
  context.stroke()
  context.globalCompositeOperation = 'source-over'
}

const outlines = new WeakMap<Heated, Path2D>()

/** In shares of the image. */
function outlineOf(map: Heated): Path2D {
  const known = outlines.get(map)
  if (known) return known
  const path = new Path2D()
  const { width, height, bytes: values } = map
  for (const [from, to] of contourOf({ width, height, values }, 255 * OUTLINE_LEVELS[map.method])) {
    path.moveTo(...from)
    path.lineTo(...to)
  }
  outlines.set(map, path)
  return path
}

function drawOutline(
  context: CanvasRenderingContext2D,
  map: Heated,
  place: DOMMatrix,
  ratio: number,
  dashed: boolean,
): void {
  const path = new Path2D()
  path.addPath(outlineOf(map), place)
  context.lineCap = 'round'
  for (const { width, colour } of [
    { width: 4, colour: 'rgb(0 0 0 / 70%)' },
    { width: 2, colour: BRIGHTEST },
  ]) {
    context.lineWidth = width * ratio
    context.strokeStyle = colour
    context.stroke(path)
  }
  if (dashed) hatch(context, ratio)
}

function drawCross(context: CanvasRenderingContext2D, { x, y }: DOMPoint, ratio: number): void {
  context.setTransform(1, 0, 0, 1, 0, 0)
  const arm = ARM * ratio
  for (const { width, colour } of [
    { width: 5, colour: '#000' },
    { width: 2, colour: '#fff' },
  ]) {
    context.lineWidth = width * ratio
    context.strokeStyle = colour
    context.lineCap = 'butt'
    context.beginPath()
    context.moveTo(x - arm, y)
    context.lineTo(x + arm, y)
    context.moveTo(x, y - arm)
    context.lineTo(x, y + arm)
    context.stroke()
  }
}
