import type { FoundRegion } from '../../../shared/brain-region.ts'
import { percentile } from '../preprocess/percentiles.ts'
import type { DecodedImage } from '../types.ts'

/** Area and greys of what lies inside a mask that has at least one pixel, one a pixel of the picture. */
export function measureRegion(
  { data }: { data: Uint8Array },
  mask: Uint8Array,
  image: Pick<DecodedImage, 'width' | 'height' | 'pixel'>,
): Omit<FoundRegion, 'found' | 'asymmetry' | 'noAsymmetry'> {
  const counts = new Uint32Array(256)
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number
    if (mask[i] === 1) counts[value] = (counts[value] as number) + 1
  }
  let [n, sum, squares] = [0, 0, 0]
  for (const [value, count] of counts.entries()) {
    n += count
    sum += count * value
    squares += count * value * value
  }
  const mean = sum / n
  const area = n / data.length
  const at = (percent: number) => percentile(counts, percent)
  return {
    area: rounded(area, 4),
    areaCm2: areaOf(image, area),
    mean: rounded(mean, 1),
    sd: rounded(Math.sqrt(Math.max(0, squares / n - mean * mean)), 1),
    percentiles: { p5: at(5), p25: at(25), p50: at(50), p75: at(75), p95: at(95) },
  }
}

function areaOf({ width, height, pixel }: Pick<DecodedImage, 'width' | 'height' | 'pixel'>, share: number) {
  if (pixel?.unit !== 'mm') return null
  return rounded((share * width * pixel.width * height * pixel.height) / 100, 1)
}

const rounded = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits
