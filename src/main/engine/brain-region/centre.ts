import type { Mask } from '../preprocess/mask.ts'

/** Where the skull is looked for from, and how large what it holds is; px of the grid. */
export interface Centre {
  x: number
  y: number
  /** Of the largest circle inside the head. */
  radius: number
  /** Whether the head goes on below the picture: a neck, so that what lies below the centre is not skull all round. */
  neck: boolean
}

/** Points that lie nearly as deep as the deepest one count, so that a long head is taken in its middle. */
const NEARLY = 0.92
/** A head whose part at the lower border is at least this share of its width has a neck there. */
const NECK = 0.25

/** The middle of the largest circle in the head; with a neck, as near to the vertex as that circle can be. */
export function centreOf(head: Mask): Centre | null {
  const { width } = head
  const depth = depthOf(head)
  const deepest = depth.reduce((most, value) => Math.max(most, value), 0)
  if (deepest < 2) return null
  const neck = hasNeck(head)
  let [sumX, sumY, n, top] = [0, 0, 0, Number.POSITIVE_INFINITY]
  for (let i = 0; i < depth.length; i++) {
    if ((depth[i] as number) < NEARLY * deepest) continue
    const y = Math.floor(i / width)
    if (neck && y > top + deepest / 4) break
    top = Math.min(top, y)
    sumX += i - y * width
    sumY += y
    n += 1
  }
  return { x: sumX / n, y: sumY / n, radius: deepest, neck }
}

/**
 * How far each cell inside is from the nearest one outside, in two passes over the cells with steps of 1 and √2
 * (G. Borgefors, “Distance transformations in digital images”, CVGIP 34, 1986). Beyond the picture is outside.
 */
function depthOf({ width, height, inside }: Mask): Float32Array {
  const depth = new Float32Array(inside.length)
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : (depth[y * width + x] as number)
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (inside[i] === 0) continue
      const above = Math.min(at(x, y - 1) + 1, at(x - 1, y - 1) + Math.SQRT2, at(x + 1, y - 1) + Math.SQRT2)
      depth[i] = Math.min(at(x - 1, y) + 1, above)
    }
  }
  for (let y = height - 1, i = inside.length - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--, i--) {
      if (inside[i] === 0) continue
      const below = Math.min(at(x, y + 1) + 1, at(x - 1, y + 1) + Math.SQRT2, at(x + 1, y + 1) + Math.SQRT2)
      depth[i] = Math.min(depth[i] as number, at(x + 1, y) + 1, below)
    }
  }
  return depth
}

function hasNeck({ width, height, inside }: Mask): boolean {
  const columns = new Uint8Array(width)
  for (let i = 0; i < inside.length; i++) if (inside[i] === 1) columns[i % width] = 1
  const across = columns.reduce((sum, value) => sum + value, 0)
  const inRow = (y: number) => inside.subarray(y * width, (y + 1) * width).reduce((sum, value) => sum + value, 0)
  return inRow(height - 2) > NECK * across && inRow(1) < NECK * across
}
