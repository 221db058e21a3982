import sharp, { type Sharp } from 'sharp'
import type { PicturePlane } from '../../../shared/plane.ts'
import type { View } from '../../../shared/view.ts'
import type { Picture } from '../protocol.ts'
import type { DecodedImage, DisplayWindow } from '../types.ts'
import { displayWindow } from './display-window.ts'
import { greys } from './greys.ts'
import { squareShape } from './square.ts'

/** How the image lies in the patient; null where its file does not say. */
export function planeOf({ dicom }: DecodedImage): PicturePlane | null {
  return dicom?.orientation ? { position: dicom.position, orientation: dicom.orientation } : null
}

/** A WebP of the image in its display window, its longer side `size` px (never enlarged). */
export async function thumbnail(image: DecodedImage, size: number): Promise<Uint8Array> {
  const shape = squareShape(image)
  const scale = Math.min(1, size / Math.max(shape.width, shape.height))
  return windowed(image, displayWindow(image), false)
    .resize(scaled(shape.width, scale), scaled(shape.height, scale), { fit: 'fill' })
    .webp({ quality: 75, effort: 2 })
    .toBuffer()
}

/** Longer side of a picture for paper, px: 300 and more a printed inch. */
const PICTURE_SIDE = 1200

/** The whole image as a view shows it, as a PNG in the size of paper. `view`: null is the display window, nothing turned. */
export async function drawView(image: DecodedImage, view: View | null): Promise<Picture> {
  const drawn = view ?? { window: displayWindow(image), inverted: false, flippedH: false, flippedV: false, rotation: 0 }
  const { width, height, channels, data } = image
  const shape = squareShape(image)
  const scale = PICTURE_SIDE / Math.max(shape.width, shape.height)
  // A pipeline of its own: within one, sharp turns before it resizes.
  const sized = await windowed(image, drawn.window, drawn.inverted)
    .resize(scaled(shape.width, scale), scaled(shape.height, scale), {
      fit: 'fill',
      kernel: scale < 1 ? 'mitchell' : 'linear',
    })
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
  return { png, width, height, channels, bitsPerSample: bitsOf(image), empty, view: drawn, scale: image.scale ?? null }
}

const scaled = (length: number, scale: number) => Math.max(1, Math.round(length * scale))

export const bitsOf = ({ data }: DecodedImage): 8 | 16 => (data instanceof Uint16Array ? 16 : 8)

function windowed(image: DecodedImage, window: DisplayWindow, inverted: boolean): Sharp {
  const { width, height, channels } = image
  return sharp(greys(image, window, inverted), { raw: { width, height, channels } })
}
