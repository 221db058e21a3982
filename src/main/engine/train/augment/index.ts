import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Tensors } from '../../infer/tensorflow.ts'
import type { Random } from '../random.ts'
import { addBorder } from './border.ts'
import { addJpegNoise } from './jpeg.ts'
import type { AugmentationRanges } from './ranges.ts'
import { drawTransform } from './transform.ts'

/**
 * A batch of `batch × size × size × channels` images, intensities 0–1, each varied in its own way; black comes in where
 * an image has moved away. The result is `outputSize` px a side. To be called inside `tidy`.
 */
export function augment(
  tf: Tensors,
  images: Tensor4D,
  ranges: AugmentationRanges,
  random: Random,
  outputSize = images.shape[1],
): Tensor4D {
  const moved = move(tf, images, ranges, random, outputSize)
  const toned = tone(tf, moved, ranges, random)
  const noisy = addNoise(tf, blur(tf, toned, ranges, random), ranges, random)
  return addBorder(tf, addJpegNoise(tf, noisy, ranges, random), ranges, random)
}

function move(tf: Tensors, images: Tensor4D, ranges: AugmentationRanges, random: Random, outputSize: number): Tensor4D {
  const [batch, size] = images.shape
  if (!moves(ranges)) return size === outputSize ? images : tf.image.resizeBilinear(images, [outputSize, outputSize])
  const transforms = Array.from({ length: batch }, () => drawTransform(random, ranges, size, outputSize))
  const shape: [number, number] = [outputSize, outputSize]
  return tf.image.transform(images, tf.tensor2d(transforms) as Tensor2D, 'bilinear', 'constant', 0, shape)
}

function moves(ranges: AugmentationRanges): boolean {
  const { rotation, quarterTurn, scale, aspect, shift, flipHorizontal, flipVertical } = ranges
  return (
    rotation + quarterTurn + shift + flipHorizontal + flipVertical > 0 || aspect !== 1 || scale.some((end) => end !== 1)
  )
}

/** Gamma, then contrast about the image's mean, then brightness. */
function tone(tf: Tensors, images: Tensor4D, ranges: AugmentationRanges, random: Random): Tensor4D {
  const [batch] = images.shape
  const draw = (one: () => number) => tf.tensor4d(Array.from({ length: batch }, one), [batch, 1, 1, 1])
  const gamma = draw(() => random.logUniform(...ranges.gamma))
  const contrast = draw(() => 1 + random.uniform(-ranges.contrast, ranges.contrast))
  const brightness = draw(() => random.uniform(-ranges.brightness, ranges.brightness))
  const bent = tf.pow(tf.maximum(images, 1e-6), gamma)
  const mean = tf.mean(bent, [1, 2, 3], true)
  const toned = tf.add(tf.add(tf.mul(tf.sub(bent, mean), contrast), mean), brightness)
  return tf.clipByValue(toned, 0, 1) as Tensor4D
}

function blur(tf: Tensors, images: Tensor4D, { blur: { chance, smallest } }: AugmentationRanges, random: Random) {
  const share = random.uniform(smallest, 1)
  if (!random.chance(chance)) return images
  const [, size] = images.shape
  const small = Math.max(8, Math.round(size * share))
  return tf.image.resizeBilinear(tf.image.resizeBilinear(images, [small, small]), [size, size])
}

function addNoise(tf: Tensors, images: Tensor4D, { noise }: AugmentationRanges, random: Random): Tensor4D {
  if (noise === 0) return images
  const deviation = random.uniform(0, noise)
  const added = tf.randomNormal(images.shape, 0, deviation, 'float32', random.integer(2 ** 31))
  return tf.clipByValue(tf.add(images, added), 0, 1) as Tensor4D
}
