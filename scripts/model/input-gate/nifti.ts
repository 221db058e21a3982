import { gunzipSync } from 'node:zlib'
import { resample } from '../../../src/main/engine/preprocess/resample.ts'
import type { DecodedImage } from '../../../src/main/engine/types.ts'
import { quantile } from '../../../src/shared/quantile.ts'

/** Slices of each direction. */
const SLICES = 5
/** Shorter sides are drawn larger, px. */
const SIDE = 200
/** A slice with less deviation is air, of greys. */
const LEAST = 12

/** A NIfTI-1 volume (gzipped, little-endian; J. Cox et al. 2004). */
function readVolume(bytes: Uint8Array) {
  const file = gunzipSync(bytes)
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const sides = [1, 2, 3].map((i) => view.getInt16(40 + 2 * i, true)) as [number, number, number]
  const type = view.getInt16(70, true)
  const start = view.getFloat32(108, true)
  const length = sides[0] * sides[1] * sides[2]
  const valueAt =
    type === 4 ? (i: number) => view.getInt16(start + 2 * i, true) : (i: number) => view.getInt32(start + 4 * i, true)
  if (type !== 4 && type !== 8) throw new Error(`values of type ${type}`)
  return { sides, values: Float32Array.from({ length }, (_, i) => valueAt(i)) }
}

/** Slices in the three directions as 8-bit pictures: a CT in the window of soft tissue, else from the 1st to the 99th percentile. */
export function slicesOf(bytes: Uint8Array): { name: string; image: DecodedImage }[] {
  const { sides, values } = readVolume(bytes)
  const sorted = Float32Array.from(
    { length: 20_000 },
    (_, i) => values[Math.floor((i * values.length) / 20_000)] as number,
  ).sort()
  const isCt = (sorted[0] as number) < -500
  const [low, high] = isCt ? [-160, 240] : [quantile([...sorted], 0.01), quantile([...sorted], 0.99)]
  const steps = [1, sides[0], sides[0] * sides[1]] as const
  return [0, 1, 2].flatMap((across) => {
    const [u, v] = [0, 1, 2].filter((axis) => axis !== across) as [0 | 1 | 2, 0 | 1 | 2]
    const [width, height] = [sides[u], sides[v]]
    return Array.from({ length: SLICES }, (_, k) => {
      const at = Math.floor(((k + 1) * (sides[across] as number)) / (SLICES + 1)) * (steps[across] as number)
      const data = Uint8Array.from({ length: width * height }, (_, i) => {
        const value = values[at + (i % width) * steps[u] + (height - 1 - Math.floor(i / width)) * steps[v]] as number
        return Math.max(0, Math.min(255, Math.round((255 * (value - low)) / (high - low))))
      })
      return { name: `${'xyz'[across]}${k}`, image: enlarged(data, width, height) }
    }).filter(({ image }) => deviationOf(image.data) >= LEAST)
  })
}

function enlarged(data: Uint8Array, width: number, height: number): DecodedImage {
  const scale = Math.max(1, SIDE / Math.min(width, height))
  const [columns, rows] = [Math.round(width * scale), Math.round(height * scale)]
  const values = resample({ data, width, height, step: 1, offset: 0 }, columns, rows, 'linear')
  return { width: columns, height: rows, channels: 1, data: Uint8Array.from(values, Math.round), format: 'png' }
}

function deviationOf(data: ArrayLike<number>): number {
  let [sum, squares] = [0, 0]
  for (let i = 0; i < data.length; i++) {
    sum += data[i] as number
    squares += (data[i] as number) ** 2
  }
  return Math.sqrt(Math.max(0, squares / data.length - (sum / data.length) ** 2))
}
