import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { GyrusError } from '../../../../shared/errors.ts'
import type { Session } from '../../infer/provider.ts'
import { softmax } from '../../infer/softmax.ts'
import type { Tensors } from '../../infer/tensorflow.ts'
import { toChannelsLast } from '../../infer/tfjs-operators.ts'
import type { Trainable } from '../trainable.ts'
import { runBatch } from './serve.ts'

/** Largest difference of a probability that an exported network may have. */
export const PARITY = 1e-4

/**
 * Largest difference of a probability between the network as it was trained and as it is served.
 *
 * @param inputs preprocessed images, each `3 × size × size`
 * @throws GyrusError `training-parity` where it is above `PARITY`
 */
export async function checkParity(
  tf: Tensors,
  network: Trainable,
  session: Session,
  { inputs, size }: { inputs: Float32Array[]; size: number },
): Promise<number> {
  const served = await runBatch(session, inputs, size)
  const trained: ArrayLike<number>[] = []
  for (const input of inputs) trained.push(await logitsOf(tf, network, input, size))
  return refuseAbove(largestDifference(trained, served))
}

/** Of the probabilities that two networks give the same images. */
export function largestDifference(trained: ArrayLike<number>[], served: ArrayLike<number>[]): number {
  const differences = trained.flatMap((logits, i) => {
    const others = softmax(served[i] as ArrayLike<number>)
    return softmax(logits).map((p, c) => Math.abs(p - (others[c] as number)))
  })
  return Math.max(0, ...differences)
}

/** @throws GyrusError `training-parity` */
export function refuseAbove(difference: number): number {
  // Written so that NaN fails too.
  if (difference <= PARITY) return difference
  throw new GyrusError('training-parity', { difference: difference.toPrecision(2), limit: PARITY })
}

async function logitsOf(tf: Tensors, network: Trainable, input: Float32Array, size: number): Promise<Float32Array> {
  const logits = tf.tidy(() => {
    const image: Tensor = toChannelsLast(tf, tf.tensor4d(input, [1, 3, size, size]))
    return network.apply(image, ['logits'])[0] as Tensor2D
  })
  const values = (await logits.data()) as Float32Array
  logits.dispose()
  return values
}
