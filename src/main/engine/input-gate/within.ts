import type { HeadRegion } from '../preprocess/head-region.ts'
import { morph } from '../preprocess/mask.ts'
import { histogram, percentile } from '../preprocess/percentiles.ts'
import type { DecodedImage } from '../types.ts'

/** A stroke is brighter than what is beside it by this share of the range from the 1st to the 99th percentile. */
const STEP = 0.5
/** What is beside a stroke begins so many px away, and ends at this share of the picture’s width. */
const [NEAREST, WIDEST] = [2, 1 / 60]

/**
 * Share of the head’s pixels that have the highest value that occurs, or the lowest (0–1); and share of the picture that is
 * bright, thin and more than a cell of the mask’s grid beside the head: letters, scales, arrows.
 */
export function shareWithin(grey: DecodedImage, { mask }: HeadRegion): { clipped: number; marks: number } {
  const { width, height, data } = grey
  const counts = histogram(data)
  const [lowest, highest] = [percentile(counts, 0), percentile(counts, 100)]
  const low = percentile(counts, 1)
  const step = Math.max(1, STEP * (percentile(counts, 99) - low))
  const columns = Int32Array.from({ length: width }, (_, x) => Math.floor((x * mask.width) / width))
  const near = morph(mask, 'dilate').inside
  const reach = Math.max(NEAREST + 1, Math.round(width * WIDEST))
  let [plain, all, marks] = [0, 0, 0]
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor((y * mask.height) / height) * mask.width
    for (let x = 0; x < width; x++, i++) {
      const cell = row + (columns[x] as number)
      const value = data[i] as number
      if (mask.inside[cell] === 1) {
        all += 1
        if (value === highest || value === lowest) plain += 1
      } else if (near[cell] === 0 && value - low > step && isStroke(data, i, width, value - step, reach)) marks += 1
    }
  }
  return { clipped: all === 0 ? 0 : plain / all, marks: marks / data.length }
}

/** Whether both sides of a pixel, across or down, have something darker than `level` near. */
function isStroke(data: DecodedImage['data'], i: number, width: number, level: number, reach: number): boolean {
  const darker = (step: number) => {
    for (let k = NEAREST; k <= reach; k++) if ((data[i + k * step] ?? Number.POSITIVE_INFINITY) < level) return true
    return false
  }
  return (darker(1) && darker(-1)) || (darker(width) && darker(-width))
}
