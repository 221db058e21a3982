import type { DecodedImage } from '../types.ts'

/** Channels that differ by less are grey: JPEG keeps colours coarsely, and shifts greys by as much. Of 255. */
const GREY_WITHIN = 24

/** Share of the pixels that are in colour, 0–1. */
export function colouredShare({ channels, data }: DecodedImage): number {
  if (channels === 1) return 0
  const within = data instanceof Uint16Array ? 257 * GREY_WITHIN : GREY_WITHIN
  let coloured = 0
  for (let i = 0; i < data.length; i += 3) {
    const [r, g, b] = [data[i], data[i + 1], data[i + 2]] as [number, number, number]
    if (Math.max(r, g, b) - Math.min(r, g, b) > within) coloured += 1
  }
  return (3 * coloured) / data.length
}
