import { resample } from '../preprocess/resample.ts'
import type { GreyPicture } from './types.ts'

/** Longer side of the picture that is measured, px: the model is given less. */
const SIDE = 256

/** The picture in which the brain is looked for where it is measured: no longer than 256 px, as it is where it is no longer. */
export function reduced({ width, height, data }: GreyPicture): GreyPicture {
  const scale = SIDE / Math.max(width, height)
  if (scale >= 1) return { width, height, data }
  const to = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
  const values = resample({ data, width, height, step: 1, offset: 0 }, to.width, to.height, 'linear')
  // A loop: `from` with a function takes as long as all else that is measured here.
  const rounded = new Uint8Array(values.length)
  for (let i = 0; i < rounded.length; i++) rounded[i] = Math.round(values[i] as number)
  return { ...to, data: rounded }
}
