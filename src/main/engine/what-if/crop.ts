import { GyrusError } from '../../../shared/errors.ts'
import { blank, draw } from './pixels.ts'
import type { Apply } from './types.ts'

/** What of the rectangle lies within the picture. @throws GyrusError `what-if-outside` where nothing does */
export const crop: Apply<'crop'> = (picture, { x, y, width, height }) => {
  const [left, top] = [Math.max(0, x), Math.max(0, y)]
  const [right, bottom] = [Math.min(picture.width, x + width), Math.min(picture.height, y + height)]
  if (right <= left || bottom <= top) throw new GyrusError('what-if-outside')
  return draw(picture, blank(picture, right - left, bottom - top), -left, -top)
}
