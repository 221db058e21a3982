import { TRAITS, type Trait } from '../../../shared/shortcuts.ts'
import { findContent } from '../dataset/crop.ts'
import { toGrey } from '../dataset/fingerprint.ts'
import { histogram, percentile } from '../preprocess/percentiles.ts'
import type { DecodedImage } from '../types.ts'

/** Greys from 0 to this share of white are black; white is as near to the other end. */
const EXTREME = 0.02
/** Added to the variance of the Laplacian, whose logarithm is taken: below it there is only rounding. */
const SMOOTH = 1e-6

/** The traits of an image, in the order of `TRAITS`. `bytes`: size of its file. */
export function traitsOf(image: DecodedImage, bytes: number): number[] {
  const traits: Record<Trait, number> = { ...borders(image), ...greys(image), ...file(image, bytes) }
  return TRAITS.map((trait) => traits[trait])
}

/** Width of the dark border on each side. */
function borders(image: DecodedImage) {
  const { width, height } = image
  const content = findContent(toGrey(image))
  return {
    'border-left': content.left / width,
    'border-right': (width - content.left - content.width) / width,
    'border-top': content.top / height,
    'border-bottom': (height - content.top - content.height) / height,
  }
}

/** Greys as shares of white: 255, or the highest value of an image with more than 8 bits. */
function greys(image: DecodedImage) {
  const { data, width, height } = toGrey(image)
  const counts = histogram(data)
  const lowest = percentile(counts, 0)
  const highest = percentile(counts, 100)
  const white = data instanceof Uint16Array ? Math.max(1, highest) : 255
  const { mean, deviation } = momentsOf(counts, data.length)
  const among = (from: number, to: number) => counts.slice(Math.ceil(from), Math.floor(to) + 1)
  const shareOf = (bins: Uint32Array) => bins.reduce((sum, count) => sum + count, 0) / data.length
  return {
    'black-share': shareOf(among(0, EXTREME * white)),
    'white-share': shareOf(among((1 - EXTREME) * white, white)),
    mean: mean / white,
    spread: deviation / white,
    'percentile-10': percentile(counts, 10) / white,
    'percentile-50': percentile(counts, 50) / white,
    'percentile-90': percentile(counts, 90) / white,
    // A histogram with gaps was stretched after the image was made.
    'grey-levels': among(lowest, highest).filter((count) => count > 0).length / (highest - lowest + 1),
    sharpness: Math.log10(laplacianVariance(data, width, height) / white ** 2 + SMOOTH),
  }
}

function file({ width, height, channels, format }: DecodedImage, bytes: number) {
  return {
    'bytes-per-pixel': bytes / (width * height),
    jpeg: format === 'jpeg' ? 1 : 0,
    colour: channels === 3 ? 1 : 0,
    size: Math.log2(Math.max(width, height)),
    aspect: Math.log2(width / height),
  }
}

function momentsOf(counts: Uint32Array, n: number): { mean: number; deviation: number } {
  let [sum, squares] = [0, 0]
  for (const [value, count] of counts.entries()) {
    sum += value * count
    squares += value * value * count
  }
  return { mean: sum / n, deviation: Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2)) }
}

/** Variance of the four-neighbour Laplacian: high where edges and noise are sharp (Pech-Pacheco et al. 2000). */
function laplacianVariance(data: Uint8Array | Uint16Array, width: number, height: number): number {
  let [sum, squares] = [0, 0]
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1, i = y * width + 1; x < width - 1; x++, i++) {
      const beside = (data[i - 1] as number) + (data[i + 1] as number)
      const above = (data[i - width] as number) + (data[i + width] as number)
      const value = beside + above - 4 * (data[i] as number)
      sum += value
      squares += value * value
    }
  }
  const n = (width - 2) * (height - 2)
  return squares / n - (sum / n) ** 2
}
