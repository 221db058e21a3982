import { resample } from '../preprocess/resample.ts'
import { copyOf } from './pixels.ts'
import type { Apply } from './types.ts'

/** Down to a share of the pixels of each side, and linearly up to the size that it had. */
export const resolution: Apply<'resolution'> = (picture, { share }) => {
  if (share === 1) return picture
  const { width, height, channels } = picture
  const [fewer, lower] = [Math.max(1, Math.round(share * width)), Math.max(1, Math.round(share * height))]
  const made = copyOf(picture)
  for (let offset = 0; offset < channels; offset++) {
    const small = resample({ data: picture.data, width, height, step: channels, offset }, fewer, lower, 'linear')
    const large = resample({ data: small, width: fewer, height: lower, step: 1, offset: 0 }, width, height, 'linear')
    for (let i = 0; i < large.length; i++) made.data[i * channels + offset] = Math.round(large[i] as number)
  }
  return made
}
