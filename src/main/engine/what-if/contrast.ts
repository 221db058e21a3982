import { mapped } from './pixels.ts'
import type { Apply } from './types.ts'

/** About the mean of all values, as in training. */
export const contrast: Apply<'contrast'> = (picture, { factor }, white) => {
  const { data } = picture
  let sum = 0
  for (let i = 0; i < data.length; i++) sum += data[i] as number
  const mean = sum / data.length
  return mapped(picture, white, (value) => mean + factor * (value - mean))
}
