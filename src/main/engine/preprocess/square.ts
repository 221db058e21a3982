import { MAX_PIXELS } from '../decode/limits.ts'
import type { DecodedImage } from '../types.ts'
import { greys } from './greys.ts'
import { resample } from './resample.ts'

interface Shape {
  width: number
  height: number
}

/**
 * The size of an image whose pixels are not square if they were: its coarser side grows, or where that would make it too
 * large the finer one shrinks.
 */
export function squareShape({ width, height, pixel }: Pick<DecodedImage, 'width' | 'height' | 'pixel'>): Shape {
  const proportion = pixel ? pixel.width / pixel.height : 1
  const grown = proportion > 1 ? stretched(width, height, proportion, 1) : stretched(width, height, 1, 1 / proportion)
  if (grown.width * grown.height <= MAX_PIXELS) return grown
  return proportion > 1 ? stretched(width, height, 1, 1 / proportion) : stretched(width, height, proportion, 1)
}

const stretched = (width: number, height: number, across: number, down: number): Shape => ({
  width: Math.max(1, Math.round(width * across)),
  height: Math.max(1, Math.round(height * down)),
})

/**
 * An image that came with a window or with the shape of its pixels as the 8-bit picture that a workstation would export:
 * in that window, with square pixels. Any other image as it is.
 */
export function asExported(image: DecodedImage): DecodedImage {
  if (!image.window) return image
  const { width, height } = squareShape(image)
  const { channels, format } = image
  const data = greys(image, image.window)
  if (width === image.width && height === image.height) return { width, height, channels, data, format }
  const square = new Uint8Array(width * height * channels)
  for (let offset = 0; offset < channels; offset++) {
    const plane = { data, width: image.width, height: image.height, step: channels, offset }
    const values = resample(plane, width, height, 'linear')
    for (let i = 0; i < values.length; i++) square[i * channels + offset] = Math.round(values[i] as number)
  }
  return { width, height, channels, data: square, format }
}
