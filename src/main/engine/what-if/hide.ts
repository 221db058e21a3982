import { copyOf, toValue } from './pixels.ts'
import type { Apply } from './types.ts'

export const hide: Apply<'hide'> = (picture, { x, y, width, height, level }, white) => {
  const [left, right] = [Math.max(0, x), Math.min(picture.width, x + width)]
  if (right <= left) return picture
  const made = copyOf(picture)
  const value = toValue(level * white, white)
  for (let row = Math.max(0, y); row < Math.min(picture.height, y + height); row++) {
    const start = row * picture.width
    made.data.fill(value, (start + left) * picture.channels, (start + right) * picture.channels)
  }
  return made
}
