import { coloursOf } from '../heat/draw.ts'
import type { Where } from '../over-image/painter.ts'
import { LINE_COLOUR } from './line-colour.ts'
import type { Drawn } from './region.svelte.ts'

/** px (CSS). */
const [THIN, HALO, DASH] = [1.25, 3, [6, 5]]

export interface Look extends Where {
  opacity: number
  outlined: boolean
  mapped: boolean
}

/** Draws outline, and map with its midline, over where their image lies. */
export function drawRegion(canvas: HTMLCanvasElement, drawn: Drawn | null, look: Look): void {
  const context = canvas.getContext('2d')
  if (!context) return
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, canvas.width, canvas.height)
  if (!drawn) return
  const { ratio, opacity } = look
  const place = new DOMMatrix([ratio, 0, 0, ratio, 0, 0]).multiply(new DOMMatrix(look.placement))
  const { map, outline } = drawn
  if (look.mapped && map) {
    context.setTransform(place)
    context.globalAlpha = opacity
    context.imageSmoothingQuality = 'high'
    context.drawImage(coloursOf(map), 0, 0, 1, 1)
    context.globalAlpha = 1
    const line = new Path2D()
    line.moveTo(map.midline.from.x, map.midline.from.y)
    line.lineTo(map.midline.to.x, map.midline.to.y)
    context.save()
    // The line goes on beyond the image.
    context.beginPath()
    context.rect(0, 0, 1, 1)
    context.clip()
    stroke(context, placed(line, place), ratio, DASH)
    context.restore()
  }
  if (look.outlined && outline.length > 0) {
    const path = new Path2D()
    for (const { x, y } of outline) path.lineTo(x, y)
    path.closePath()
    stroke(context, placed(path, place), ratio, [])
  }
}

function placed(path: Path2D, place: DOMMatrix): Path2D {
  const there = new Path2D()
  there.addPath(path, place)
  return there
}

/** As wide at every zoom. */
function stroke(context: CanvasRenderingContext2D, path: Path2D, ratio: number, dash: number[]): void {
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.setLineDash(dash.map((length) => length * ratio))
  for (const [width, colour] of [
    [HALO, 'rgb(0 0 0 / 60%)'],
    [THIN, LINE_COLOUR],
  ] as const) {
    context.lineWidth = width * ratio
    context.strokeStyle = colour
    context.stroke(path)
  }
}
