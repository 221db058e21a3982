import { toGrey } from '../dataset/fingerprint.ts'
import { findHead, type HeadRegion } from '../preprocess/head-region.ts'
import { morph } from '../preprocess/mask.ts'
import { percentile } from '../preprocess/percentiles.ts'
import type { DecodedImage } from '../types.ts'

/** A box in px, inside its image. */
export interface PixelBox {
  left: number
  top: number
  width: number
  height: number
}

/** A head that covers less of its image than this share was not found. */
const SMALLEST = 0.05

/** Whether a pixel is meant. */
type Inside = (x: number, y: number) => boolean

/** Where the head is; null where nothing stands out from the background. */
export function headOf(image: DecodedImage): HeadRegion['mask'] | null {
  const { mask } = findHead(toGrey(image))
  const area = mask.inside.reduce((sum, cell) => sum + cell, 0)
  return area < SMALLEST * mask.inside.length ? null : mask
}

/**
 * The image with its head filled with the median of what lies outside; grown by two cells, so that little of its rim is left.
 * Black where nothing lies outside. Null where no head was found.
 */
export function hideHead(image: DecodedImage): DecodedImage | null {
  const found = headOf(image)
  if (!found) return null
  const mask = morph(morph(found, 'dilate'), 'dilate')
  const inside: Inside = (x, y) => {
    const column = Math.floor((x * mask.width) / image.width)
    return mask.inside[Math.floor((y * mask.height) / image.height) * mask.width + column] === 1
  }
  return fill(image, inside, (x, y) => !inside(x, y))
}

/** The image with a box filled with the median of what surrounds it, to half the box's size on each side. */
export function hideBox(image: DecodedImage, box: PixelBox): DecodedImage {
  const [aside, above] = [Math.max(1, box.width / 2), Math.max(1, box.height / 2)]
  const within = (x: number, y: number, dx: number, dy: number) =>
    x >= box.left - dx && x < box.left + box.width + dx && y >= box.top - dy && y < box.top + box.height + dy
  const inside: Inside = (x, y) => within(x, y, 0, 0)
  return fill(image, inside, (x, y) => within(x, y, aside, above) && !inside(x, y))
}

/** Gives the pixels `inside`, in each channel, the median of the pixels `like`. */
function fill(image: DecodedImage, inside: Inside, like: Inside): DecodedImage {
  const { width, height, channels, data } = image
  const levels = Array.from({ length: channels }, () => new Uint32Array(data instanceof Uint16Array ? 65536 : 256))
  each(width, height, like, (pixel) => {
    for (const [channel, counts] of levels.entries()) {
      const value = data[pixel * channels + channel] as number
      counts[value] = (counts[value] as number) + 1
    }
  })
  const medians = levels.map((counts) => (counts.some((count) => count > 0) ? percentile(counts, 50) : 0))
  const filled = data.slice()
  each(width, height, inside, (pixel) => {
    for (const [channel, median] of medians.entries()) filled[pixel * channels + channel] = median
  })
  return { ...image, data: filled }
}

function each(width: number, height: number, wanted: Inside, work: (pixel: number) => void): void {
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (wanted(x, y)) work(y * width + x)
}
