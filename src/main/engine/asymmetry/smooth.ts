import type { Masked } from './types.ts'

/** Means over a square of `2 × radius + 1` px, three times, of what lies inside the mask alone; 0 outside. */
export function smoothed({ width, height, grey, mask }: Masked, radius: number): Float32Array {
  const values = grey.slice()
  for (let i = 0; i < values.length; i++) if (mask[i] !== 1) values[i] = 0
  const weights = Float32Array.from(mask)
  const line = new Float32Array(Math.max(width, height))
  for (let pass = 0; pass < 3; pass++) {
    for (const one of [values, weights]) {
      sums(one, line, { lines: height, next: width, length: width, step: 1 }, radius)
      sums(one, line, { lines: width, next: 1, length: height, step: width }, radius)
    }
  }
  for (let i = 0; i < values.length; i++) {
    values[i] = mask[i] === 1 ? (values[i] as number) / (weights[i] as number) : 0
  }
  return values
}

interface Way {
  lines: number
  next: number
  length: number
  step: number
}

/** In place: sums of what is near along each line; beyond its ends is nothing. */
function sums(values: Float32Array, line: Float32Array, { lines, next, length, step }: Way, radius: number): void {
  for (let n = 0; n < lines; n++) {
    const first = n * next
    for (let i = 0; i < length; i++) line[i] = values[first + i * step] as number
    let sum = 0
    for (let i = 0; i < Math.min(radius, length); i++) sum += line[i] as number
    for (let i = 0; i < length; i++) {
      if (i + radius < length) sum += line[i + radius] as number
      if (i > radius) sum -= line[i - radius - 1] as number
      values[first + i * step] = Math.max(0, sum)
    }
  }
}
