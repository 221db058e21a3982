import { transform } from '../../../src/main/engine/input-gate/fourier.ts'
import type { DecodedImage } from '../../../src/main/engine/types.ts'
import { random } from '../../../src/shared/random.ts'

const SIDE = 256
/** Power falls with this power of the frequency: none, as in a scanner’s noise, as in clouds, and smoother. */
const SLOPES = [0, 0.5, 1, 1.5, 2, 2.5, 3, 4]
const SEEDS = [1, 2, 3]

/** Names of noise, which say how it is made. */
export const NOISES = SLOPES.flatMap((slope) => SEEDS.map((seed) => `noise/slope-${slope}-seed-${seed}`))

/** Noise of one spectrum, stretched to 0–255. */
export function noiseOf(name: string): DecodedImage {
  const [, slope, seed] = /slope-([\d.]+)-seed-(\d+)/.exec(name) as unknown as [string, string, string]
  const draw = random(Number(seed))
  const [re, im] = [Float64Array.from({ length: SIDE * SIDE }, () => draw() - 0.5), new Float64Array(SIDE * SIDE)]
  bothWays(re, im)
  for (let i = 0; i < re.length; i++) {
    const [u, v] = [fold(i % SIDE), fold(Math.floor(i / SIDE))]
    const weight = Math.max(1, Math.hypot(u, v)) ** (-Number(slope) / 2)
    re[i] = (re[i] as number) * weight
    im[i] = (im[i] as number) * weight
  }
  re[0] = 0
  im[0] = 0
  // The transform of the transform is the picture, turned about.
  for (let i = 0; i < im.length; i++) im[i] = -(im[i] as number)
  bothWays(re, im)
  const [low, high] = [re.reduce((a, b) => Math.min(a, b)), re.reduce((a, b) => Math.max(a, b))]
  const data = Uint8Array.from(re, (value) => Math.round((255 * (value - low)) / (high - low)))
  return { width: SIDE, height: SIDE, channels: 1, data, format: 'png' }
}

const fold = (i: number) => (i < SIDE / 2 ? i : i - SIDE)

function bothWays(re: Float64Array, im: Float64Array): void {
  for (let y = 0; y < SIDE; y++) transform(re.subarray(y * SIDE, (y + 1) * SIDE), im.subarray(y * SIDE, (y + 1) * SIDE))
  const [columnRe, columnIm] = [new Float64Array(SIDE), new Float64Array(SIDE)]
  for (let x = 0; x < SIDE; x++) {
    for (let y = 0; y < SIDE; y++) {
      columnRe[y] = re[y * SIDE + x] as number
      columnIm[y] = im[y * SIDE + x] as number
    }
    transform(columnRe, columnIm)
    for (let y = 0; y < SIDE; y++) {
      re[y * SIDE + x] = columnRe[y] as number
      im[y * SIDE + x] = columnIm[y] as number
    }
  }
}
