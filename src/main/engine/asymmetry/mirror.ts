import type { Line, Masked } from './types.ts'

/**
 * The picture mirrored across a line, linearly between pixels.
 *
 * @returns for each pixel of the mask the value at its counterpart; −1 outside the mask, and where the counterpart is not
 *   in it
 */
export function mirrored({ width, height, grey, mask }: Masked, { angle, distance }: Line): Float32Array {
  const nx = Math.cos(angle)
  const ny = Math.sin(angle)
  const there = new Float32Array(mask.length).fill(-1)
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (mask[i] === 0) continue
      const off = x * nx + y * ny - distance
      const mx = x - 2 * off * nx
      const my = y - 2 * off * ny
      const left = Math.floor(mx)
      const top = Math.floor(my)
      if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) continue
      const at = top * width + left
      if (mask[at] === 0 || mask[at + 1] === 0 || mask[at + width] === 0 || mask[at + width + 1] === 0) continue
      const right = mx - left
      const below = my - top
      const upper = (grey[at] as number) * (1 - right) + (grey[at + 1] as number) * right
      const lower = (grey[at + width] as number) * (1 - right) + (grey[at + width + 1] as number) * right
      there[i] = upper * (1 - below) + lower * below
    }
  }
  return there
}
