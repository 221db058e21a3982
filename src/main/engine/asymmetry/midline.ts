import type { Line, Masked } from './types.ts'

/** How far the line may be off the direction that is expected, and the steps of the two searches. Degrees. */
const [TILT, COARSE, FINE] = [24, 3, 1]
/** How far it may lie from the middle of the region: a share of the root of its area. */
const SHIFT = 0.1
/** Steps of the first search to each side, and how many steps of the second go into one of them. */
const [STEPS, PARTS] = [5, 3]
/** Of rows and columns each search looks at one in so many. */
const [SKIP, FINE_SKIP] = [3, 2]
const RADIAN = Math.PI / 180

export interface Midline extends Line {
  /** Correlation of the greys of the two sides times `paired`, −1 to 1. */
  symmetry: number
  /** Share of the region that has a counterpart in it, 0–1: how even its outline is, whatever lies inside. */
  paired: number
}

/**
 * The line about which the region is most alike its mirror image, by correlation of greys over all angles and places near
 * the expected ones (after Ardekani et al. 1997, IEEE Trans Med Imaging 16:947–952, in two dimensions).
 *
 * @param expected of the line's normal, radians: 0 where left and right are left and right of the picture
 * @returns null where the region has no pixels, or all are alike
 */
export function findMidline(picture: Masked, expected = 0): Midline | null {
  const middle = middleOf(picture)
  if (!middle) return null
  const step = (SHIFT * Math.sqrt(middle.area)) / STEPS
  const search = (pixels: Pixels, line: Line, angles: Ladder, places: Ladder): Midline | null => {
    let best: Midline | null = null
    for (let a = -angles.steps; a <= angles.steps; a++) {
      const angle = line.angle + a * angles.step
      const through = middle.x * Math.cos(angle) + middle.y * Math.sin(angle)
      for (let p = -places.steps; p <= places.steps; p++) {
        const distance = through + line.distance + p * places.step
        const found = symmetryAbout(pixels, { angle, distance })
        if (found.symmetry > (best?.symmetry ?? -1)) best = { angle, distance, ...found }
      }
    }
    return best
  }
  const tilts = { steps: TILT / COARSE, step: COARSE * RADIAN }
  const rough = search(pixelsOf(picture, SKIP), { angle: expected, distance: 0 }, tilts, { steps: STEPS, step })
  if (!rough) return null
  const off = rough.distance - middle.x * Math.cos(rough.angle) - middle.y * Math.sin(rough.angle)
  const tilt = { steps: COARSE / FINE - 1, step: FINE * RADIAN }
  const parts = { steps: PARTS - 1, step: step / PARTS }
  const fine = search(pixelsOf(picture, FINE_SKIP), { angle: rough.angle, distance: off }, tilt, parts)
  return fine && { ...fine, ...symmetryAbout(pixelsOf(picture, 1), fine) }
}

/** Steps to each side, and how far each goes. */
interface Ladder {
  steps: number
  step: number
}

function middleOf({ width, mask }: Masked): { x: number; y: number; area: number } | null {
  let [x, y, area] = [0, 0, 0]
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue
    x += i % width
    y += Math.floor(i / width)
    area += 1
  }
  return area === 0 ? null : { x: x / area, y: y / area, area }
}

/** The pixels of the region with their greys; and the whole picture, −1 outside the region. */
interface Pixels {
  x: Float32Array
  y: Float32Array
  grey: Float32Array
  all: Float32Array
  width: number
  height: number
}

function pixelsOf({ width, height, grey, mask }: Masked, skip: number): Pixels {
  const most = Math.ceil(width / skip) * Math.ceil(height / skip)
  const [x, y, own] = [new Float32Array(most), new Float32Array(most), new Float32Array(most)]
  let n = 0
  for (let v = 0; v < height; v += skip) {
    for (let u = 0; u < width; u += skip) {
      if (mask[v * width + u] === 0) continue
      x[n] = u
      y[n] = v
      own[n++] = grey[v * width + u] as number
    }
  }
  const all = new Float32Array(grey.length).fill(-1)
  for (let i = 0; i < all.length; i++) if (mask[i] !== 0) all[i] = grey[i] as number
  return { x: x.subarray(0, n), y: y.subarray(0, n), grey: own.subarray(0, n), all, width, height }
}

/** Looks at the pixels of one side, each with the nearest to its counterpart; −1 where nothing can be told. */
function symmetryAbout(
  { x, y, grey, all, width, height }: Pixels,
  { angle, distance }: Line,
): Pick<Midline, 'symmetry' | 'paired'> {
  const nx = Math.cos(angle)
  const ny = Math.sin(angle)
  let pairs = 0
  let sumA = 0
  let sumB = 0
  let sumAA = 0
  let sumBB = 0
  let sumAB = 0
  for (let i = 0; i < x.length; i++) {
    const u = x[i] as number
    const v = y[i] as number
    const off = u * nx + v * ny - distance
    if (off > 0) continue
    const mu = (u - 2 * off * nx + 0.5) | 0
    const mv = (v - 2 * off * ny + 0.5) | 0
    if (mu < 0 || mv < 0 || mu >= width || mv >= height) continue
    const b = all[mv * width + mu] as number
    if (b < 0) continue
    const a = grey[i] as number
    pairs += 1
    sumA += a
    sumB += b
    sumAA += a * a
    sumBB += b * b
    sumAB += a * b
  }
  const paired = Math.min(1, (2 * pairs) / x.length)
  if (pairs === 0) return { symmetry: -1, paired }
  const spread = (sumAA - (sumA * sumA) / pairs) * (sumBB - (sumB * sumB) / pairs)
  if (!(spread > 1e-6)) return { symmetry: -1, paired }
  return { symmetry: ((sumAB - (sumA * sumB) / pairs) / Math.sqrt(spread)) * paired, paired }
}
