import { copyOf, toValue } from './pixels.ts'
import { coveredBy } from './stroke.ts'
import type { Apply } from './types.ts'

export const paint: Apply<'paint'> = (picture, step, white) => {
  const covered = coveredBy(picture, step)
  if (!covered) return picture
  const made = copyOf(picture)
  const { left, top, width, mask } = covered
  const value = toValue(step.level * white, white)
  mask.forEach((on, i) => {
    const first = ((top + Math.floor(i / width)) * picture.width + left + (i % width)) * picture.channels
    if (on) made.data.fill(value, first, first + picture.channels)
  })
  return made
}
