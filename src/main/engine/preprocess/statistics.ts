import type { InputStatistics } from '../../../shared/input-statistics.ts'

/** Added to the variance of the Laplacian, whose logarithm is taken: below it there is only rounding. */
const SMOOTH = 1e-2

/**
 * Measures a picture as the network sees it. Sharpness is the variance of the Laplacian (J. L. Pech-Pacheco et al.,
 * “Diatom autofocusing in brightfield microscopy”, ICPR 2000); noise is estimated by what a mask that takes no notice of
 * edges and slopes leaves (J. Immerkær, “Fast noise variance estimation”, Comput. Vis. Image Underst. 64, 1996).
 *
 * @param planes one (grey) or three of `size × size` values, 0–255; of three the mean is measured
 * @param head share of the picture that they show, 0–1
 */
export function measureInput(planes: Float32Array[], size: number, head: number): InputStatistics {
  const grey = meanOf(planes)
  const { mean, deviation } = momentsOf(grey)
  const { laplacian, residual } = differences(grey, size)
  return {
    ...{ brightness: mean, contrast: deviation, head },
    sharpness: Math.log10(laplacian + SMOOTH),
    noise: Math.sqrt(Math.PI / 2) * (residual / 6),
  }
}

function meanOf(planes: Float32Array[]): Float32Array {
  const [first, ...others] = planes as [Float32Array, ...Float32Array[]]
  if (others.length === 0) return first
  return first.map((value, i) => others.reduce((sum, plane) => sum + (plane[i] as number), value) / planes.length)
}

function momentsOf(values: Float32Array): { mean: number; deviation: number } {
  let [sum, squares] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    sum += value
    squares += value * value
  }
  const mean = sum / values.length
  return { mean, deviation: Math.sqrt(Math.max(0, squares / values.length - mean * mean)) }
}

/**
 * Variance of the Laplacian, and mean magnitude of Immerkær's mask `1 −2 1, −2 4 −2, 1 −2 1`; of every other row, which
 * tells as much in half the time, and without the border.
 */
function differences(grey: Float32Array, size: number): { laplacian: number; residual: number } {
  let [sum, squares, magnitude, n] = [0, 0, 0, 0]
  for (let y = 1; y < size - 1; y += 2) {
    const rowAt = (step: number) => grey.subarray((y + step) * size, (y + step + 1) * size)
    const [above, row, below] = [rowAt(-1), rowAt(0), rowAt(1)]
    // Of three columns: above and below together, and in the middle.
    let [sides, middle] = [(above[0] as number) + (below[0] as number), row[0] as number]
    let [nextSides, nextMiddle] = [(above[1] as number) + (below[1] as number), row[1] as number]
    for (let x = 1; x < size - 1; x++) {
      const [lastSides, lastMiddle] = [sides, middle]
      sides = nextSides
      middle = nextMiddle
      nextSides = (above[x + 1] as number) + (below[x + 1] as number)
      nextMiddle = row[x + 1] as number
      const beside = lastMiddle + nextMiddle + sides
      const value = beside - 4 * middle
      sum += value
      squares += value * value
      magnitude += Math.abs(lastSides + nextSides - 2 * beside + 4 * middle)
      n += 1
    }
  }
  return { laplacian: Math.max(0, squares / n - (sum / n) ** 2), residual: magnitude / n }
}
