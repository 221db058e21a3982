import { turned } from './pixels.ts'
import type { Apply } from './types.ts'

/** Clockwise about the centre. */
export const rotate: Apply<'rotate'> = (picture, { degrees }) => {
  const angle = (-degrees * Math.PI) / 180
  return degrees === 0 ? picture : turned(picture, exact(Math.cos(angle)), exact(Math.sin(angle)))
}

/** Quarter turns land on pixels, not a trifle beside them. */
const exact = (value: number) => (Math.abs(value - Math.round(value)) < 1e-12 ? Math.round(value) : value)
