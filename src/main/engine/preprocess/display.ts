import sharp, { type Sharp } from 'sharp'
import type { View } from '../../../shared/view.ts'
import type { Picture } from '../protocol.ts'
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
  return windowed(image, displayWindow(image), false)
    .resize(size, size, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 75, effort: 2 })
    .toBuffer()
}

/** Longer side of a picture for paper, px: 300 and more a printed inch. */
const PICTURE_SIDE = 1200

/** The whole image as a view shows it, as a PNG in the size of paper. `view`: null is the display window, nothing turned. */
export async function drawView(image: DecodedImage, view: View | null): Promise<Picture> {
  const drawn = view ?? { window: displayWindow(image), inverted: false, flippedH: false, flippedV: false, rotation: 0 }
  const { width, height, channels, data } = image
  const scale = PICTURE_SIDE / Math.max(width, height)
  const across = (length: number) => Math.max(1, Math.round(length * scale))
  // A pipeline of its own: within one, sharp turns before it resizes.
  const sized = await windowed(image, drawn.window, drawn.inverted)
    .resize(across(width), across(height), { fit: 'fill', kernel: scale < 1 ? 'mitchell' : 'linear' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const png = await sharp(sized.data, { raw: sized.info })
    .flip(drawn.flippedV)
    .flop(drawn.flippedH)
    .rotate(drawn.rotation)
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png({ compressionLevel: 9 })
    .toBuffer()
  const empty = data.every((value) => value === data[0])
  return { png, width, height, channels, bitsPerSample: bitsOf(image), empty, view: drawn }
}

export const bitsOf = ({ data }: DecodedImage): 8 | 16 => (data instanceof Uint16Array ? 16 : 8)

/** Stored values as greys: `low` and below black, `high` and above white, or the other way round. */
function windowed({ width, height, channels, data }: DecodedImage, window: DisplayWindow, inverted: boolean): Sharp {
  const { low, high } = window
  const levels = data instanceof Uint16Array ? 65536 : 256
  const share = (value: number) => (value - low) / (high - low)
  const grey = (value: number) => 255 * (inverted ? 1 - share(value) : share(value))
  const table = Uint8ClampedArray.from({ length: levels }, (_, value) => grey(value))
  const shown = lookUp(data, new Uint8Array(table.buffer), new Uint8Array(data.length))
  return sharp(shown, { raw: { width, height, channels } })
}
