import type { Tensor4D } from '@tensorflow/tfjs-core'
import type { Tensors } from '../../infer/tensorflow.ts'
import type { Random } from '../random.ts'
import type { AugmentationRanges } from './ranges.ts'

/**
 * Black borders, each side of each image with a width of its own, as scanners and exports leave them. `images` is
 * batch × size × size × channels. To be called inside `tidy`.
 */
export function addBorder(
  tf: Tensors,
  images: Tensor4D,
  { border: { chance, widest } }: AugmentationRanges,
  random: Random,
): Tensor4D {
  if (chance === 0) return images
  const [batch, height, width] = images.shape
  const widths = Array.from({ length: batch }, () => {
    const bordered = random.chance(chance)
    return Array.from({ length: 4 }, () => (bordered ? random.uniform(0, widest) : 0))
  })
  const side = (i: number) => widths.map((of) => of[i] as number)
  const inside = tf.mul(
    tf.reshape(within(tf, height, side(0), side(1)), [batch, height, 1, 1]),
    tf.reshape(within(tf, width, side(2), side(3)), [batch, 1, width, 1]),
  )
  return tf.mul(images, inside)
}

/** batch × length: 1 where a pixel's centre lies beyond the first share and before the last one, else 0. */
function within(tf: Tensors, length: number, before: number[], after: number[]) {
  const centres = tf.div(tf.add(tf.range(0, length), 0.5), length)
  const column = (shares: number[]) => tf.tensor2d(shares, [shares.length, 1])
  const begun = tf.greaterEqual(centres, column(before))
  const notEnded = tf.lessEqual(centres, column(after.map((share) => 1 - share)))
  return tf.cast(tf.logicalAnd(begun, notEnded), 'float32')
}
