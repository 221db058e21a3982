import type { Preprocessing } from '../../../shared/model.ts'
import type { DecodedImage } from '../types.ts'
import { histogram, lookUp, percentile } from './percentiles.ts'
import type { Plane } from './resample.ts'
import { resample } from './resample.ts'

/** Version of this arithmetic, part of `Preprocessing.version`: raised whenever the same image would give other numbers. */
export const PREPROCESSING_REVISION = 1

/**
 * An image as a network's input: `3 × size × size` float32 (CHW, RGB), `(value − mean) / std` of values 0–255. Training
 * and serving both come through here, so that a model sees in use what it saw in training. Deterministic.
 */
export async function preprocess(image: DecodedImage, spec: Preprocessing): Promise<Float32Array> {
  const data = image.data instanceof Uint16Array ? stretch(image.data, spec.highBitDepthPercentiles) : image.data
  const { size } = spec
  const input = new Float32Array(3 * size * size)
  for (let channel = 0; channel < image.channels; channel++) {
    const plane = { data, width: image.width, height: image.height, step: image.channels, offset: channel }
    input.set(normalise(fit(plane, spec), spec.normalise), channel * size * size)
  }
  // A grey image is the same in all three channels.
  if (image.channels === 1) input.copyWithin(size * size, 0, size * size).copyWithin(2 * size * size, 0, size * size)
  return input
}

/** Maps 16-bit values to 0–255 between two percentiles of all its values; what lies outside is cut off. */
function stretch(data: Uint16Array, [lowPercent, highPercent]: [number, number]): Float32Array {
  const counts = histogram(data)
  const low = percentile(counts, lowPercent)
  const high = Math.max(percentile(counts, highPercent), low + 1)
  const table = Float32Array.from(counts, (_, value) =>
    Math.min(Math.max(((value - low) / (high - low)) * 255, 0), 255),
  )
  return lookUp(data, table, new Float32Array(data.length))
}

/** The plane as `size × size`: distorted to fill it, or whole with black beside it. */
function fit(plane: Plane, { size, resize }: Preprocessing): Float32Array {
  if (resize.fit === 'fill') return resample(plane, size, size, resize.kernel)
  const scale = size / Math.max(plane.width, plane.height)
  const width = Math.max(1, Math.round(plane.width * scale))
  const height = Math.max(1, Math.round(plane.height * scale))
  const inner = resample(plane, width, height, resize.kernel)
  const left = Math.floor((size - width) / 2)
  const top = Math.floor((size - height) / 2)
  const square = new Float32Array(size * size)
  for (let y = 0; y < height; y++) square.set(inner.subarray(y * width, (y + 1) * width), (top + y) * size + left)
  return square
}

/** In place; what a kernel overshot is cut off first. */
function normalise(values: Float32Array, { mean, std }: Preprocessing['normalise']): Float32Array {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    values[i] = ((value < 0 ? 0 : value > 255 ? 255 : value) - mean) / std
  }
  return values
}
