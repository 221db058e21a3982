import { random } from '../../../shared/random.ts'
import { copyOf, toValue } from './pixels.ts'
import type { Apply } from './types.ts'

/** Gaussian (Box–Muller), the same in all channels, and the same again for the same seed. */
export const noise: Apply<'noise'> = (picture, { sigma, seed }, white) => {
  if (sigma === 0) return picture
  const next = random(seed)
  const made = copyOf(picture)
  const { data, channels } = made
  for (let i = 0; i < data.length; i += channels) {
    const added = sigma * white * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
    for (let channel = i; channel < i + channels; channel++)
      data[channel] = toValue((data[channel] as number) + added, white)
  }
  return made
}
