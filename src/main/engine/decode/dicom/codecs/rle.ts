import { GyrusError } from '../../../../../shared/errors.ts'
import { frameBytes } from '../frames.ts'
import type { Codec } from './codec.ts'

const HEADER = 64

/** RLE Lossless (PS3.5, annex G): PackBits, one segment a byte of a sample, the most significant first. */
export const rle: Codec = async (coded, image) => {
  const { rows, columns, samples, bitsAllocated } = image
  const bytes = new Uint8Array(frameBytes(image, true))
  const width = bitsAllocated / 8
  const view = new DataView(coded.buffer, coded.byteOffset, coded.byteLength)
  if (coded.length < HEADER || view.getUint32(0, true) !== samples * width) throw new GyrusError('image-corrupt')
  const pixels = rows * columns
  for (let segment = 0; segment < samples * width; segment++) {
    const from = view.getUint32(4 + 4 * segment, true)
    const last = segment + 1 === samples * width
    const to = last ? coded.length : view.getUint32(8 + 4 * segment, true)
    const sample = Math.floor(segment / width)
    const first = sample * pixels * width + (width - 1 - (segment % width))
    unpack(coded.subarray(from, to), { bytes, first, step: width, count: pixels })
  }
  return { bytes, image: { ...image, planar: samples === 3 }, little: true }
}

interface Target {
  bytes: Uint8Array
  first: number
  step: number
  count: number
}

function unpack(packed: Uint8Array, { bytes, first, step, count }: Target): void {
  let at = first
  const end = first + count * step
  for (let i = 0; at < end; ) {
    const control = packed[i++]
    if (control === undefined) throw new GyrusError('image-truncated')
    // 128 says nothing.
    if (control === 128) continue
    const run = control > 128
    const length = run ? 257 - control : control + 1
    if (run ? i >= packed.length : i + length > packed.length) throw new GyrusError('image-truncated')
    for (let n = 0; n < length && at < end; n++, at += step) bytes[at] = packed[run ? i : i + n] as number
    i += run ? 1 : length
  }
}
