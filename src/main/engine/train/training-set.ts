import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Tensors } from '../infer/tensorflow.ts'

/** Images kept in memory as bytes, as training draws from them. */
export interface TrainingSet {
  /** Side, px. */
  size: number
  channels: 1 | 3
  /** `images × size × size × channels`, 0–255. */
  pixels: Uint8Array
  /**
   * `images × classes`: 1 for each label that is right, else 0. More than one is right where only part is known, e.g.
   * that it is a tumour.
   */
  targets: Float32Array
  classes: number
}

export const imageCount = ({ targets, classes }: TrainingSet) => targets.length / classes

/** The images at the given places as `batch × size × size × channels`, 0–1, with their targets. */
export function takeBatch(tf: Tensors, set: TrainingSet, places: number[]): { images: Tensor4D; targets: Tensor2D } {
  const { size, channels, classes } = set
  const length = size * size * channels
  const pixels = new Float32Array(places.length * length)
  const targets = new Float32Array(places.length * classes)
  for (const [i, place] of places.entries()) {
    const source = set.pixels.subarray(place * length, (place + 1) * length)
    for (let p = 0; p < length; p++) pixels[i * length + p] = (source[p] as number) / 255
    targets.set(set.targets.subarray(place * classes, (place + 1) * classes), i * classes)
  }
  return {
    images: tf.tensor4d(pixels, [places.length, size, size, channels]),
    targets: tf.tensor2d(targets, [places.length, classes]),
  }
}
