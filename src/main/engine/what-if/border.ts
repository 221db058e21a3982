import { GyrusError } from '../../../shared/errors.ts'
import { MAX_PIXELS } from '../decode/limits.ts'
import { blank, draw } from './pixels.ts'
import type { Apply } from './types.ts'

/** Black, of the same width on all sides. @throws GyrusError `what-if-too-large` */
export const border: Apply<'border'> = (picture, { width: share }) => {
  const wide = Math.round(share * Math.max(picture.width, picture.height))
  const [width, height] = [picture.width + 2 * wide, picture.height + 2 * wide]
  if (width * height > MAX_PIXELS) {
    throw new GyrusError('what-if-too-large', { width, height, limitMegapixels: MAX_PIXELS / 1e6 })
  }
  return draw(picture, blank(picture, width, height), wide, wide)
}
