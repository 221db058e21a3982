import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { Tensors } from '../infer/tensorflow.ts'

/** Smallest probability whose logarithm is taken. */
const FLOOR = 1e-7

/**
 * Mean over the batch of `−log Σ p` over the labels that are right: cross-entropy where one is, and the loss of the summed
 * probability where only a group of labels is known. `smoothing` mixes in the mean of `−log p` over all labels
 * (Szegedy et al. 2016, section 7).
 *
 * @param logits `batch × classes`
 * @param targets `batch × classes`, 1 for right labels
 */
export function groupCrossEntropy(tf: Tensors, logits: Tensor2D, targets: Tensor2D, smoothing: number): Scalar {
  const logProbabilities = tf.logSoftmax(logits)
  const right = tf.sum(tf.mul(tf.exp(logProbabilities), targets), 1)
  const ofRight = tf.neg(tf.mean(tf.log(tf.maximum(right, FLOOR))))
  if (smoothing === 0) return ofRight as Scalar
  const ofAll: Tensor = tf.neg(tf.mean(logProbabilities))
  return tf.add(tf.mul(ofRight, 1 - smoothing), tf.mul(ofAll, smoothing)) as Scalar
}
