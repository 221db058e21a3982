import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Tensors } from '../../infer/tensorflow.ts'
import type { Random } from '../random.ts'
import type { AugmentationRanges } from './ranges.ts'

/** Side of the blocks that JPEG works in, px. */
const BLOCK = 8

/** Steps for luminance at quality 50, row by row from the lowest frequency: ITU-T T.81, table K.1. */
const STEPS = [
  [16, 11, 10, 16, 24, 40, 51, 61],
  [12, 12, 14, 19, 26, 58, 60, 55],
  [14, 13, 16, 24, 40, 57, 69, 56],
  [14, 17, 22, 29, 51, 87, 80, 62],
  [18, 22, 37, 56, 68, 109, 103, 77],
  [24, 35, 55, 64, 81, 104, 113, 92],
  [49, 64, 78, 87, 103, 121, 120, 101],
  [72, 92, 95, 98, 112, 100, 103, 99],
].flat()

/**
 * The noise of JPEG files: the block transform of ITU-T T.81 with its coefficients rounded, each image with a quality
 * of its own; nothing is written or read. `images` is batch × size × size × channels, 0–1. To be called inside `tidy`.
 */
export function addJpegNoise(
  tf: Tensors,
  images: Tensor4D,
  { jpeg: { chance, worst } }: AugmentationRanges,
  random: Random,
): Tensor4D {
  if (chance === 0) return images
  const qualities = Array.from({ length: images.shape[0] }, () =>
    random.chance(chance) ? random.uniform(worst, 100) : null,
  )
  return compress(tf, images, qualities)
}

/** As if each image had been stored as JPEG of this quality (1–100, as the IJG's library counts it); null: untouched. */
export function compress(tf: Tensors, images: Tensor4D, qualities: (number | null)[]): Tensor4D {
  const [batch, height, width, channels] = images.shape
  const [rows, columns] = [Math.ceil(height / BLOCK), Math.ceil(width / BLOCK)]
  const edges: [number, number][] = [
    [0, 0],
    [0, rows * BLOCK - height],
    [0, columns * BLOCK - width],
    [0, 0],
  ]
  const whole = tf.sub(tf.mul(tf.mirrorPad(images, edges, 'symmetric'), 255), 128) as Tensor4D
  const cells = tf.reshape(whole, [batch, rows, BLOCK, columns, BLOCK, channels])
  const blocks = tf.reshape(tf.transpose(cells, [0, 1, 3, 5, 2, 4]), [-1, BLOCK * BLOCK]) as Tensor2D
  const cosines = transform(tf)
  const coefficients = tf.reshape(tf.matMul(blocks, cosines, false, true), [batch, -1, BLOCK * BLOCK])
  const steps = tf.tensor3d(qualities.map((quality) => [stepsAt(quality)]))
  const rounded = tf.reshape(tf.mul(tf.round(tf.div(coefficients, steps)), steps), [-1, BLOCK * BLOCK]) as Tensor2D
  const restored = tf.reshape(tf.matMul(rounded, cosines), [batch, rows, columns, channels, BLOCK, BLOCK])
  const stored = tf.reshape(tf.transpose(restored, [0, 1, 4, 2, 5, 3]), whole.shape) as Tensor4D
  const noisy = tf.clipByValue(tf.div(tf.add(tf.slice4d(stored, [0, 0, 0, 0], images.shape), 128), 255), 0, 1)
  const compressed = tf.tensor4d(
    qualities.map((quality) => Number(quality !== null)),
    [batch, 1, 1, 1],
  )
  return tf.where(tf.cast(compressed, 'bool'), noisy, images) as Tensor4D
}

/** The 64 steps at a quality, by the rule of the Independent JPEG Group's library (`jpeg_quality_scaling`). */
function stepsAt(quality: number | null): number[] {
  const share = quality === null ? 100 : quality < 50 ? 5000 / quality : 200 - 2 * quality
  return STEPS.map((step) => Math.min(255, Math.max(1, Math.floor((step * share + 50) / 100))))
}

/** The cosine transform of a block as a 64 × 64 matrix over its pixels in a row (ITU-T T.81, A.3.3); its transpose undoes it. */
function transform(tf: Tensors) {
  const cosine = (frequency: number, at: number) =>
    (frequency === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * at + 1) * frequency * Math.PI) / (2 * BLOCK))
  const every = Array.from({ length: BLOCK * BLOCK }, (_, i) => [Math.floor(i / BLOCK), i % BLOCK] as const)
  return tf.tensor2d(every.map(([v, u]) => every.map(([y, x]) => cosine(v, y) * cosine(u, x))))
}
