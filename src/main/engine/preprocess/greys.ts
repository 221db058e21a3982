import type { DecodedImage, DisplayWindow } from '../types.ts'
import { lookUp } from './percentiles.ts'

/** Stored values as greys: `low` and below black, `high` and above white, or the other way round. */
export function greys({ data }: DecodedImage, { low, high }: DisplayWindow, inverted = false): Uint8Array {
  const levels = data instanceof Uint16Array ? 65536 : 256
  const share = (value: number) => (value - low) / (high - low)
  const grey = (value: number) => 255 * (inverted ? 1 - share(value) : share(value))
  const table = Uint8ClampedArray.from({ length: levels }, (_, value) => grey(value))
  return lookUp(data, new Uint8Array(table.buffer), new Uint8Array(data.length))
}
