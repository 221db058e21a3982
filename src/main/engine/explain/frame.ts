import type { Shown } from '../preprocess/index.ts'
import { squareShape } from '../preprocess/square.ts'
import type { DecodedImage } from '../types.ts'
import type { RawHeat } from './types.ts'

/** Longer side of a map, px. */
export const MAP_SIDE = 256

export interface Framed {
  width: number
  height: number
  values: Float32Array
  highest: number
  peak: { x: number; y: number }
}

/**
 * A map of the network's square as one of the whole image, linearly enlarged, 0 outside the square; 0–1 of its highest
 * value. The peak is the middle of the highest place of the map before it was enlarged.
 */
export function framed({ side, values, shown }: RawHeat, image: DecodedImage): Framed {
  const shape = squareShape(image)
  const scale = MAP_SIDE / Math.max(shape.width, shape.height)
  const [width, height] = [Math.max(1, Math.round(shape.width * scale)), Math.max(1, Math.round(shape.height * scale))]
  const at = highestPlace(values)
  const highest = values[at] as number
  const across = placesOf(width, shown.left, shown.width, side)
  const down = placesOf(height, shown.top, shown.height, side)
  const map = new Float32Array(width * height)
  if (highest > 0)
    for (const [y, row] of down.entries())
      for (const [x, column] of across.entries())
        if (row && column) map[y * width + x] = between(values, side, column, row) / highest
  return {
    width,
    height,
    values: map,
    highest,
    peak: inImage(shown, (at % side) + 0.5, Math.floor(at / side) + 0.5, side),
  }
}

/** The first of the highest. */
export function highestPlace(values: Float32Array): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[best] as number)) best = i
  return best
}

/** In shares of the image; inside it, also where the square reaches beyond. */
function inImage({ left, top, width, height }: Shown, x: number, y: number, side: number): { x: number; y: number } {
  const inside = (value: number) => Math.min(1, Math.max(0, value))
  return { x: inside(left + (x / side) * width), y: inside(top + (y / side) * height) }
}

interface Between {
  low: number
  high: number
  share: number
}

/** For each pixel of the image's side the places of the square beside it; null outside the square. */
function placesOf(pixels: number, from: number, length: number, side: number): (Between | null)[] {
  return Array.from({ length: pixels }, (_, pixel) => {
    const at = ((pixel + 0.5) / pixels - from) / length
    if (at < 0 || at >= 1) return null
    const place = Math.min(side - 1, Math.max(0, at * side - 0.5))
    const low = Math.floor(place)
    return { low, high: Math.min(side - 1, low + 1), share: place - low }
  })
}

function between(values: Float32Array, side: number, x: Between, y: Between): number {
  const row = (at: number) =>
    (values[at * side + x.low] as number) * (1 - x.share) + (values[at * side + x.high] as number) * x.share
  return row(y.low) * (1 - y.share) + row(y.high) * y.share
}
