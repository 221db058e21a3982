import { largestComponent, morph } from './mask.ts'
import { histogram, percentile } from './percentiles.ts'
import { resample } from './resample.ts'

/** Longer side of the grid on which the head is looked for: fine enough for a crop, coarse enough to pass over text. */
export const GRID = 96
/** What lies below this share of the range from the 5th to the 99th percentile is background. */
export const BACKGROUND = 0.12
/** A smaller share of the image is not taken for a head: the image then stays whole. */
export const SMALLEST = 0.05

/** One channel, row-major. */
export interface GreyPlane {
  width: number
  height: number
  data: Uint8Array | Uint16Array
}

/** Where the head is: a box in px, and a mask of the whole image on a coarse grid. */
export interface HeadRegion {
  left: number
  top: number
  width: number
  height: number
  mask: { width: number; height: number; inside: Uint8Array }
}

/**
 * The largest bright region, without what is thin (lines, letters) and with its holes filled. Thresholds are relative to
 * the image's own range, so that brightness and contrast do not matter. Where nothing stands out, the whole image.
 *
 * @param longest longer side of the grid, px
 */
export function findHead(plane: GreyPlane, longest = GRID): HeadRegion {
  const { mask } = headOnGrid(plane, longest)
  return { ...boxOf(mask, plane.width, plane.height), mask }
}

/** The head's mask, with the picture on the same grid and the grey that its darkest twentieth does not exceed. */
export function headOnGrid({ width, height, data }: GreyPlane, longest: number) {
  const scale = Math.min(1, longest / Math.max(width, height))
  const columns = Math.max(1, Math.round(width * scale))
  const rows = Math.max(1, Math.round(height * scale))
  const counts = histogram(data)
  const low = percentile(counts, 5)
  const level = low + BACKGROUND * (percentile(counts, 99) - low)
  const values = resample({ data, width, height, step: 1, offset: 0 }, columns, rows, 'linear')
  const bright = new Uint8Array(values.length)
  for (let i = 0; i < bright.length; i++) bright[i] = (values[i] as number) > level ? 1 : 0
  const grid = { width: columns, height: rows }
  const thick = morph({ ...grid, inside: bright }, 'erode')
  const inside = largestComponent(thick)
  return { mask: fillHoles(morph({ ...grid, inside }, 'dilate')), values, black: low }
}

type Mask = HeadRegion['mask']

/** What the background cannot be reached through from the image's border belongs to the head. */
function fillHoles({ width, height, inside }: Mask): Mask {
  const filled = new Uint8Array(inside.length).fill(1)
  const stack = new Int32Array(inside.length)
  let waiting = 0
  const visit = (i: number) => {
    if (inside[i] === 1 || filled[i] === 0) return
    filled[i] = 0
    stack[waiting++] = i
  }
  for (let x = 0; x < width; x++) {
    visit(x)
    visit((height - 1) * width + x)
  }
  for (let y = 0; y < height; y++) {
    visit(y * width)
    visit(y * width + width - 1)
  }
  while (waiting > 0) {
    const i = stack[--waiting] as number
    const x = i % width
    if (x > 0) visit(i - 1)
    if (x < width - 1) visit(i + 1)
    if (i >= width) visit(i - width)
    if (i < inside.length - width) visit(i + width)
  }
  return { width, height, inside: filled }
}

function boxOf({ width: columns, height: rows, inside }: Mask, width: number, height: number) {
  let [left, top, right, bottom, area] = [columns, rows, -1, -1, 0]
  for (let y = 0, i = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, i++) {
      if (inside[i] === 0) continue
      if (x < left) left = x
      if (x > right) right = x
      if (y < top) top = y
      bottom = y
      area += 1
    }
  }
  if (area < SMALLEST * inside.length) return { left: 0, top: 0, width, height }
  const [px, py] = [width / columns, height / rows]
  const [x0, y0] = [Math.floor(left * px), Math.floor(top * py)]
  return {
    left: x0,
    top: y0,
    width: Math.min(width, Math.ceil((right + 1) * px)) - x0,
    height: Math.min(height, Math.ceil((bottom + 1) * py)) - y0,
  }
}
