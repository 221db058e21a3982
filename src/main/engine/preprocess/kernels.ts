import type { Preprocessing } from '../../../shared/model.ts'

export type KernelName = Preprocessing['resize']['kernel']

/** A resampling kernel: its weight at a distance in source pixels, zero from `support` on. */
interface Kernel {
  support: number
  weight(distance: number): number
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

const KERNELS: Record<KernelName, Kernel> = {
  linear: { support: 1, weight: (x) => 1 - x },
  // Catmull-Rom: Keys 1981, "Cubic convolution interpolation for digital image processing", with a = −0.5.
  cubic: {
    support: 2,
    weight: (x) => (x < 1 ? (1.5 * x - 2.5) * x * x + 1 : ((-0.5 * x + 2.5) * x - 4) * x + 2),
  },
  // Duchon 1979, "Lanczos filtering in one and two dimensions".
  lanczos3: { support: 3, weight: (x) => sinc(x) * sinc(x / 3) },
}

/** For each output pixel of a row, the source pixels that it is made of: `weights[o·taps + t]` of `starts[o] + t`. */
export interface Taps {
  taps: number
  starts: Int32Array
  weights: Float64Array
}

const cache = new Map<string, Taps>()
/** Distinct source sizes that are remembered; a folder of scans has few. */
const CACHE_SIZE = 64

/**
 * Weights that resample `from` pixels to `to`; each output's weights sum to 1. When the image shrinks, the kernel is
 * stretched by the same factor, so that no source pixel is skipped (antialiasing). Pixel centres lie at ½.
 */
export function resamplingTaps(from: number, to: number, name: KernelName): Taps {
  const key = `${from} ${to} ${name}`
  const known = cache.get(key)
  if (known) return known
  const made = makeTaps(from, to, KERNELS[name])
  if (cache.size >= CACHE_SIZE) cache.clear()
  cache.set(key, made)
  return made
}

function makeTaps(from: number, to: number, kernel: Kernel): Taps {
  const stretch = Math.max(1, from / to)
  const reach = kernel.support * stretch
  const taps = Math.min(from, Math.ceil(2 * reach) + 1)
  const starts = new Int32Array(to)
  const weights = new Float64Array(to * taps)
  for (let o = 0; o < to; o++) {
    const centre = ((o + 0.5) * from) / to - 0.5
    const start = Math.min(Math.max(0, Math.ceil(centre - reach)), from - taps)
    let sum = 0
    for (let t = 0; t < taps; t++) {
      const distance = Math.abs(start + t - centre) / stretch
      const weight = distance < kernel.support ? kernel.weight(distance) : 0
      weights[o * taps + t] = weight
      sum += weight
    }
    for (let t = 0; t < taps; t++) weights[o * taps + t] = (weights[o * taps + t] ?? 0) / sum
    starts[o] = start
  }
  return { taps, starts, weights }
}
