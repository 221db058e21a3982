import type { DataSet } from './data-set.ts'
import type { ImagePixel } from './image-pixel.ts'

/** Whether a stored value is only padding. */
export type Padding = (stored: number) => boolean

/** Values that fill the image where nothing was measured (PS3.3, C.7.5.1.1.2); undefined where there are none. */
export function readPadding(set: DataSet, { signed, float }: ImagePixel): Padding | undefined {
  if (float) return undefined
  const value = set.integers('PixelPaddingValue', signed)?.[0]
  if (value === undefined) return undefined
  const limit = set.integers('PixelPaddingRangeLimit', signed)?.[0] ?? value
  const [low, high] = [Math.min(value, limit), Math.max(value, limit)]
  return (stored) => stored >= low && stored <= high
}
