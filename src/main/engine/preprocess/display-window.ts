import type { DecodedImage, DisplayWindow } from '../types.ts'
import { histogram, percentile } from './percentiles.ts'

/** A window of stored values as one of measured ones. */
export function measuredWindow({ low, high }: DisplayWindow, scale: DecodedImage['scale']): DisplayWindow {
  const { slope, intercept } = scale ?? { slope: 1, intercept: 0 }
  const ends = [low * slope + intercept, high * slope + intercept]
  return { low: Math.min(...ends), high: Math.max(...ends) }
}

/**
 * The window at which an image opens: the one that came with it, else 2nd to 98th percentile of its stored values, all
 * channels together.
 */
export function displayWindow(image: DecodedImage): DisplayWindow {
  if (image.window) return image.window
  const counts = histogram(image.data)
  const low = percentile(counts, 2)
  return { low, high: Math.max(percentile(counts, 98), low + 1) }
}
