import type { KernelName, Taps } from './kernels.ts'
import { resamplingTaps } from './kernels.ts'

/** Where one channel of an interleaved image lies. */
export interface Plane {
  data: ArrayLike<number>
  width: number
  height: number
  /** Values from one pixel to the next. */
  step: number
  /** Position of the first value. */
  offset: number
}

/**
 * Resamples one channel to `width × height`, row-major; separable. Values are not rounded, and cubic and Lanczos kernels
 * may overshoot the source's range. Summed in double precision: the same on every machine.
 */
export function resample(plane: Plane, width: number, height: number, kernel: KernelName): Float32Array {
  const down = resamplingTaps(plane.height, height, kernel)
  const across = resamplingTaps(plane.width, width, kernel)
  const out = new Float32Array(width * height)
  // Down first: it runs along rows, and one row of sums is all that it needs to keep.
  const row = new Float64Array(plane.width)
  for (let y = 0; y < height; y++) {
    row.fill(0)
    for (let t = 0; t < down.taps; t++) {
      const weight = down.weights[y * down.taps + t] as number
      if (weight !== 0) addRow(row, plane, (down.starts[y] as number) + t, weight)
    }
    resampleRow(row, across, out, y * width)
  }
  return out
}

function addRow(sums: Float64Array, { data, width, step, offset }: Plane, y: number, weight: number): void {
  let source = offset + y * width * step
  for (let x = 0; x < width; x++, source += step) sums[x] = (sums[x] as number) + weight * (data[source] as number)
}

function resampleRow(row: Float64Array, { taps, starts, weights }: Taps, out: Float32Array, first: number): void {
  for (let o = 0, t = 0; o < starts.length; o++) {
    let sum = 0
    for (let source = starts[o] as number, end = t + taps; t < end; t++, source++) {
      sum += (weights[t] as number) * (row[source] as number)
    }
    out[first + o] = sum
  }
}
