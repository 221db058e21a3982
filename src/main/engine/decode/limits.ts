import { GyrusError } from '../../../shared/errors.ts'

/** Largest image in pixels. Ten times a 2,500 × 2,500 radiograph; as RGB it takes 192 MB, which any workstation has. */
export const MAX_PIXELS = 64e6
/** Shortest side in px. Below this, less than one position of the network's last feature map (stride 32) is image. */
export const MIN_SIDE = 32

/**
 * Checks an image's size, as its header states it, before any pixel is decoded.
 * @throws GyrusError `image-too-large` or `image-too-small`.
 */
export function checkSize(width: number, height: number): void {
  if (width * height > MAX_PIXELS) {
    throw new GyrusError('image-too-large', { width, height, limitMegapixels: MAX_PIXELS / 1e6 })
  }
  if (Math.min(width, height) < MIN_SIDE) {
    throw new GyrusError('image-too-small', { width, height, minimum: MIN_SIDE })
  }
}
