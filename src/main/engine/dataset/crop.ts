import { histogram, percentile } from '../preprocess/percentiles.ts'

/** One channel, row-major. */
export interface GreyImage {
  width: number
  height: number
  data: Uint8Array | Uint16Array
}

/**
 * What lies below this share of the range from the 5th to the 99th percentile is border or noise. The 5th, because JPEG
 * leaves some pixels far below the level of a border that is not quite black.
 */
const BORDER = 0.15
/** A row or column belongs to the head when this share of it, and at least two pixels, is brighter than that. */
const OCCUPIED = 0.02

/** A box in px. */
export interface Content {
  left: number
  top: number
  width: number
  height: number
}

/** The image without its dark border. */
export function cropBorder(image: GreyImage): GreyImage {
  const { left, top, width, height } = findContent(image)
  return cut(image, left, top, width, height)
}

/**
 * What the dark border leaves of an image. The level is relative to the image's own range, so that a brighter, darker or
 * low-contrast copy is cropped at the same place, and the same on all sides, so that a turned copy is, too. An image
 * without contrast stays whole.
 */
export function findContent({ width, height, data }: GreyImage): Content {
  const counts = histogram(data)
  const low = percentile(counts, 5)
  const level = low + BORDER * (percentile(counts, 99) - low)
  const rows = new Uint32Array(height)
  const columns = new Uint32Array(width)
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if ((data[i] as number) <= level) continue
      rows[y] = (rows[y] as number) + 1
      columns[x] = (columns[x] as number) + 1
    }
  }
  const [top, bottom] = occupied(rows, width)
  const [left, right] = occupied(columns, height)
  return { left, top, width: right - left, height: bottom - top }
}

/** First and one past the last line that holds enough of `across` bright pixels. */
function occupied(counts: Uint32Array, across: number): [number, number] {
  const enough = Math.max(2, OCCUPIED * across)
  const first = counts.findIndex((count) => count >= enough)
  return first < 0 ? [0, counts.length] : [first, counts.findLastIndex((count) => count >= enough) + 1]
}

function cut(image: GreyImage, left: number, top: number, width: number, height: number): GreyImage {
  const data = image.data.slice(0, width * height)
  for (let y = 0; y < height; y++) {
    const start = (top + y) * image.width + left
    data.set(image.data.subarray(start, start + width), y * width)
  }
  return { width, height, data }
}
