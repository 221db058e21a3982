import { blank, draw } from './pixels.ts'
import type { Apply } from './types.ts'

/** By whole pixels; black comes in. */
export const shift: Apply<'shift'> = (picture, { x, y }) => {
  const { width, height } = picture
  return draw(picture, blank(picture, width, height), Math.round(x * width), Math.round(y * height))
}
