import type { DecodedImage } from '../types.ts'
import { transform } from './fourier.ts'

/** Side of the patch from the picture’s middle whose spectrum is looked at, px. */
const SIDE = 128
/** Frequencies from here on, cycles a patch: below them anatomy has its own peaks. */
const LOWEST = 14
/** Beside the axes, where the blocks of JPEG and borders of pictures lie. */
const BESIDE_AXIS = 3
/** The neighbours of a frequency are up to this far from it, itself and what is next to it left out. */
const [REACH, OWN] = [5, 1]

/**
 * How far the strongest regular pattern stands out: the common logarithm of the power at a frequency over the mean power
 * around it, at most over all fine frequencies. A photograph of a screen has its grid of pixels (moiré).
 */
export function patternOf(grey: DecodedImage): number {
  if (Math.min(grey.width, grey.height) < SIDE) return 0
  const power = powerOf(grey)
  let most = 0
  for (let v = -SIDE / 2; v < SIDE / 2; v++)
    for (let u = BESIDE_AXIS; u < SIDE / 2; u++) {
      if (Math.abs(v) < BESIDE_AXIS || u * u + v * v < LOWEST * LOWEST) continue
      const own = at(power, u, v)
      // Most frequencies are no peak even among their four neighbours.
      if (own < at(power, u + 1, v) || own < at(power, u - 1, v)) continue
      if (own < at(power, u, v + 1) || own < at(power, u, v - 1)) continue
      most = Math.max(most, own / aroundOf(power, u, v))
    }
  return most > 0 ? Math.log10(most) : 0
}

const at = (power: Float64Array, u: number, v: number) =>
  power[((v + SIDE) % SIDE) * SIDE + ((u + SIDE) % SIDE)] as number

function aroundOf(power: Float64Array, u: number, v: number): number {
  let [sum, n] = [0, 0]
  for (let dv = -REACH; dv <= REACH; dv++)
    for (let du = -REACH; du <= REACH; du++) {
      if (Math.abs(du) <= OWN && Math.abs(dv) <= OWN) continue
      sum += at(power, u + du, v + dv)
      n += 1
    }
  return sum / n + 1
}

/** Of the patch in the picture’s middle, faded out towards its border (Hann). */
function powerOf({ width, height, data }: DecodedImage): Float64Array {
  const [left, top] = [(width - SIDE) >> 1, (height - SIDE) >> 1]
  const scale = data instanceof Uint16Array ? 1 / 257 : 1
  const fade = Float64Array.from({ length: SIDE }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / SIDE))
  const [re, im] = [new Float64Array(SIDE * SIDE), new Float64Array(SIDE * SIDE)]
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const value = data[(top + y) * width + left + x] as number
      re[y * SIDE + x] = value * scale * (fade[x] as number) * (fade[y] as number)
    }
    transform(re.subarray(y * SIDE, (y + 1) * SIDE), im.subarray(y * SIDE, (y + 1) * SIDE))
  }
  const [columnRe, columnIm] = [new Float64Array(SIDE), new Float64Array(SIDE)]
  const power = new Float64Array(SIDE * SIDE)
  for (let x = 0; x < SIDE; x++) {
    for (let y = 0; y < SIDE; y++) {
      columnRe[y] = re[y * SIDE + x] as number
      columnIm[y] = im[y * SIDE + x] as number
    }
    transform(columnRe, columnIm)
    for (let y = 0; y < SIDE; y++) power[y * SIDE + x] = (columnRe[y] as number) ** 2 + (columnIm[y] as number) ** 2
  }
  return power
}
