import type { DecodedImage } from '../types.ts'
import { transform } from './fourier.ts'

/** Side of the patch from the picture’s middle whose spectrum is looked at, px. */
const SIDE = 128
const HALF = SIDE / 2
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
  for (let v = -HALF; v < HALF; v++)
    for (let u = BESIDE_AXIS; u < HALF; u++) {
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
function powerOf(grey: DecodedImage): Float64Array {
  const patch = patchOf(grey)
  const [rowRe, rowIm] = [new Float64Array(SIDE), new Float64Array(SIDE)]
  // Of each column up to half the side, its numbers one after the other.
  const [re, im] = [new Float64Array((HALF + 1) * SIDE), new Float64Array((HALF + 1) * SIDE)]
  for (let y = 0; y < SIDE; y += 2) {
    // Two rows in one transform: the spectrum of the first is its even part, that of the second its odd part times −i.
    rowRe.set(patch.subarray(y * SIDE, (y + 1) * SIDE))
    rowIm.set(patch.subarray((y + 1) * SIDE, (y + 2) * SIDE))
    transform(rowRe, rowIm)
    for (let u = 0; u <= HALF; u++) {
      const mirror = (SIDE - u) % SIDE
      const [a, b] = [rowRe[u] as number, rowIm[u] as number]
      const [c, d] = [rowRe[mirror] as number, rowIm[mirror] as number]
      const column = u * SIDE + y
      re[column] = (a + c) / 2
      im[column] = (b - d) / 2
      re[column + 1] = (b + d) / 2
      im[column + 1] = (c - a) / 2
    }
  }
  const power = new Float64Array(SIDE * SIDE)
  for (let u = 0; u <= HALF; u++) {
    const [columnRe, columnIm] = [re.subarray(u * SIDE, (u + 1) * SIDE), im.subarray(u * SIDE, (u + 1) * SIDE)]
    transform(columnRe, columnIm)
    for (let v = 0; v < SIDE; v++) {
      const own = (columnRe[v] as number) ** 2 + (columnIm[v] as number) ** 2
      power[v * SIDE + u] = own
      // A real picture's spectrum is the same on the other side of the middle.
      power[((SIDE - v) % SIDE) * SIDE + ((SIDE - u) % SIDE)] = own
    }
  }
  return power
}

/** Of the border of the patch: 0 outside, 1 in its middle. */
const FADE = Float64Array.from({ length: SIDE }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / SIDE))

function patchOf({ width, height, data }: DecodedImage): Float64Array {
  const [left, top] = [(width - SIDE) >> 1, (height - SIDE) >> 1]
  const scale = data instanceof Uint16Array ? 1 / 257 : 1
  const patch = new Float64Array(SIDE * SIDE)
  for (let y = 0, i = 0; y < SIDE; y++)
    for (let x = 0, from = (top + y) * width + left; x < SIDE; x++, i++, from++)
      patch[i] = (data[from] as number) * scale * (FADE[x] as number) * (FADE[y] as number)
  return patch
}
