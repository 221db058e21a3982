import sharp from 'sharp'
import type { DecodedImage } from '../types.ts'
import { histogram, lookUp, percentile } from './percentiles.ts'

/** Grey levels from black (`low`) to white (`high`), in stored values; `high` is always above `low`. */
export interface DisplayWindow {
  low: number
  high: number
}

/** The window at which an image opens: 2nd to 98th percentile of its stored values, all channels together. */
export function displayWindow(image: DecodedImage): DisplayWindow {
  const counts = histogram(image.data)
  const low = percentile(counts, 2)
  return { low, high: Math.max(percentile(counts, 98), low + 1) }
}

/** A WebP of the image in its display window, its longer side `size` px (never enlarged). */
export async function thumbnail(image: DecodedImage, size: number): Promise<Uint8Array> {
  const { low, high } = displayWindow(image)
  const { width, height, channels, data } = image
  const levels = data instanceof Uint16Array ? 65536 : 256
  const table = Uint8ClampedArray.from({ length: levels }, (_, value) => ((value - low) / (high - low)) * 255)
  const shown = lookUp(data, new Uint8Array(table.buffer), new Uint8Array(data.length))
  return sharp(shown, { raw: { width, height, channels } })
    .resize(size, size, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 75, effort: 2 })
    .toBuffer()
}
