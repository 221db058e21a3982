import { createHash } from 'node:crypto'
import { resample } from '../preprocess/resample.ts'
import type { DecodedImage } from '../types.ts'
import { cropBorder, type GreyImage } from './crop.ts'

/** Side of a thumbnail in px. Coarse enough to be deaf to noise and compression; other slices still differ. */
export const SIDE = 24

/** What an image is compared by. */
export interface Fingerprint {
  /** SHA-256 of the decoded pixels and their size, hexadecimal: the same for a re-tagged or losslessly re-saved file. */
  pixels: string
  /**
   * Grey thumbnail of the whole image and without its dark border, `SIDE × SIDE`, row-major, mean 0 and norm 1, so that
   * the dot product of two is their correlation; null where all of it has the same value.
   */
  whole: Float32Array | null
  cropped: Float32Array | null
}

export function fingerprint(image: DecodedImage): Fingerprint {
  const { width, height, channels, data } = image
  const pixels = createHash('sha256')
    .update(`${width} ${height} ${channels} ${data.BYTES_PER_ELEMENT} `)
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex')
  const grey = toGrey(image)
  return { pixels, whole: thumbnail(grey), cropped: thumbnail(cropBorder(grey)) }
}

/** Luma of ITU-R BT.601. */
export function toGrey({ width, height, channels, data }: DecodedImage): GreyImage {
  if (channels === 1) return { width, height, data }
  const grey = data.slice(0, width * height)
  for (let i = 0; i < grey.length; i++) {
    const [r, g, b] = [data[3 * i] as number, data[3 * i + 1] as number, data[3 * i + 2] as number]
    grey[i] = Math.round(0.299 * r + 0.587 * g + 0.114 * b)
  }
  return { width, height, data: grey }
}

function thumbnail({ width, height, data }: GreyImage): Float32Array | null {
  const values = resample({ data, width, height, step: 1, offset: 0 }, SIDE, SIDE, 'linear')
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  let norm = 0
  for (const value of values) norm += (value - mean) ** 2
  // Below half a grey level of spread there is nothing but rounding to compare.
  if (norm < 0.25 * values.length) return null
  return values.map((value) => (value - mean) / Math.sqrt(norm))
}
