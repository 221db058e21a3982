import type { Sharp } from 'sharp'
import sharp from 'sharp'

export const WIDTH = 40
export const HEIGHT = 60

/** Values that rise from left to right and from top to bottom, so that any turn or flip shows. */
export function ramp(channels: 1 | 3 | 4, scale = 1): number[] {
  return Array.from({ length: WIDTH * HEIGHT * channels }, (_, i) => {
    const pixel = Math.floor(i / channels)
    const channel = i % channels
    return (pixel % WIDTH) * scale + Math.floor(pixel / WIDTH) * 2 * scale + channel * 20 * scale
  })
}

/** sharp over raw 8-bit values. */
export function raw8(values: number[], channels: 1 | 2 | 3 | 4): Sharp {
  return sharp(Uint8Array.from(values), { raw: { width: WIDTH, height: HEIGHT, channels } })
}

/** sharp over raw 16-bit values. */
export function raw16(values: number[], channels: 1 | 3 | 4): Sharp {
  return sharp(Uint16Array.from(values), { raw: { width: WIDTH, height: HEIGHT, channels } })
}

/** A noisy grey photograph, so that compressed files are long enough to be cut. */
export function noise(side = 200): Sharp {
  let state = 1
  const values = Uint8Array.from({ length: side * side }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return 100 + 60 * Math.sin(i / 37) + (state >>> 26)
  })
  return sharp(values, { raw: { width: side, height: side, channels: 1 } }).toColourspace('b-w')
}
