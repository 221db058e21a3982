import { OUTLINE_SIDE } from '../../../shared/input-gate-file.ts'

const CELLS = OUTLINE_SIDE * OUTLINE_SIDE
/** Of greys: a picture with less deviation has no outline. */
const PLAIN = 1e-3

/**
 * The network’s input as a small picture of means, `OUTLINE_SIDE²` values, whose mean is 0 and whose deviation 1: what a
 * head looks like from afar, whatever its contrast. All 0 for a plain picture.
 *
 * @param planes one or three of `size × size` values, 0–255; of three the first is taken
 */
export function outlineOf(planes: readonly Float32Array[], size: number): Float32Array {
  const plane = planes[0] as Float32Array
  const [sums, counts] = [new Float32Array(CELLS), new Uint32Array(CELLS)]
  const cells = Uint8Array.from({ length: size }, (_, i) => Math.floor((i * OUTLINE_SIDE) / size))
  for (let y = 0, i = 0; y < size; y++) {
    const row = (cells[y] as number) * OUTLINE_SIDE
    for (let x = 0; x < size; x++, i++) {
      const cell = row + (cells[x] as number)
      sums[cell] = (sums[cell] as number) + (plane[i] as number)
      counts[cell] = (counts[cell] as number) + 1
    }
  }
  const means = sums.map((sum, i) => sum / (counts[i] as number))
  const mean = means.reduce((a, b) => a + b, 0) / CELLS
  const deviation = Math.sqrt(means.reduce((a, b) => a + (b - mean) ** 2, 0) / CELLS)
  return deviation < PLAIN ? means.fill(0) : means.map((value) => (value - mean) / deviation)
}

/** How far an outline is from the nearest of others, which lie one after the other: the root of the summed squares. */
export function nearestOutline(outline: Float32Array, others: Float32Array): number {
  let best = Number.POSITIVE_INFINITY
  for (let start = 0; start < others.length; start += CELLS) {
    let sum = 0
    for (let i = 0, at = start; i < CELLS && sum < best; at++, i++) {
      const apart = (outline[i] as number) - (others[at] as number)
      sum += apart * apart
    }
    if (sum < best) best = sum
  }
  return Math.sqrt(best)
}
