import type { Box } from '../dataset/types.ts'
import type { HeadRegion } from '../preprocess/head-region.ts'
import type { PixelBox } from './hide.ts'

/** How much of a box must be head. */
const IN_HEAD = 0.9

/** A box that is told in shares of the image, in px; at least one px, and cut at the image's edges. */
export function toPixels({ cx, cy, w, h }: Box, width: number, height: number): PixelBox {
  const [left, right] = extent(cx, w, width)
  const [top, bottom] = extent(cy, h, height)
  return { left, top, width: right - left, height: bottom - top }
}

function extent(centre: number, size: number, length: number): [from: number, to: number] {
  const from = Math.min(length - 1, Math.max(0, Math.round((centre - size / 2) * length)))
  return [from, Math.max(from + 1, Math.min(length, Math.round((centre + size / 2) * length)))]
}

/**
 * A box of the same size elsewhere in the head: at least nine tenths of it head, nothing of it in the first box. Drawn
 * among all places on the mask's grid by `next`, a number in [0, 1); null where there is no such place.
 */
export function placeElsewhere(
  box: PixelBox,
  mask: HeadRegion['mask'],
  image: { width: number; height: number },
  next: () => number,
): PixelBox | null {
  const sums = summedArea(mask)
  const [cellWidth, cellHeight] = [image.width / mask.width, image.height / mask.height]
  const columns = Math.max(1, Math.round(box.width / cellWidth))
  const rows = Math.max(1, Math.round(box.height / cellHeight))
  const places: PixelBox[] = []
  for (let row = 0; row + rows <= mask.height; row++) {
    for (let column = 0; column + columns <= mask.width; column++) {
      if (areaOf(sums, mask.width, column, row, columns, rows) < IN_HEAD * columns * rows) continue
      const left = Math.min(Math.round(column * cellWidth), image.width - box.width)
      const top = Math.min(Math.round(row * cellHeight), image.height - box.height)
      const place = { ...box, left, top }
      if (!overlap(place, box)) places.push(place)
    }
  }
  return places[Math.floor(next() * places.length)] ?? null
}

function overlap(a: PixelBox, b: PixelBox): boolean {
  const aside = a.left + a.width <= b.left || b.left + b.width <= a.left
  return !aside && a.top < b.top + b.height && b.top < a.top + a.height
}

/** Sums of all cells above and left (Crow 1984, “Summed-area tables for texture mapping”), a row and column wider. */
function summedArea({ width, height, inside }: HeadRegion['mask']): Uint32Array {
  const sums = new Uint32Array((width + 1) * (height + 1))
  for (let y = 1; y <= height; y++) {
    let ofRow = 0
    for (let x = 1; x <= width; x++) {
      ofRow += inside[(y - 1) * width + x - 1] as number
      sums[y * (width + 1) + x] = (sums[(y - 1) * (width + 1) + x] as number) + ofRow
    }
  }
  return sums
}

function areaOf(sums: Uint32Array, width: number, x: number, y: number, columns: number, rows: number): number {
  const at = (column: number, row: number) => sums[row * (width + 1) + column] as number
  return at(x + columns, y + rows) - at(x, y + rows) - at(x + columns, y) + at(x, y)
}
