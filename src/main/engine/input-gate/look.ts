import { histogram } from '../preprocess/percentiles.ts'
import type { DecodedImage } from '../types.ts'
import type { Look } from './types.ts'

/** Measures a decoded picture. */
export function lookAt({ width, height, channels, data }: DecodedImage): Look {
  const commonest = histogram(data).reduce((most, count) => Math.max(most, count), 0)
  return { width, height, colour: channels === 3, varied: 1 - commonest / data.length }
}
