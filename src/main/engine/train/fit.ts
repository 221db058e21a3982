import type { Tensor4D, Variable } from '@tensorflow/tfjs-core'
import { AdamOptimizer } from '@tensorflow/tfjs-core'
import { GyrusError } from '../../../shared/errors.ts'
import type { Tensors } from '../infer/tensorflow.ts'
import { augment } from './augment/index.ts'
import type { AugmentationRanges } from './augment/ranges.ts'
import { groupCrossEntropy } from './loss.ts'
import type { Random } from './random.ts'
import { rateAt, type Schedule } from './schedule.ts'
import type { Trainable } from './trainable.ts'
import { type TrainingSet, takeBatch } from './training-set.ts'

export interface FitOptions {
  batch: number
  schedule: Schedule
  labelSmoothing: number
  augmentation: AugmentationRanges
  /** Input normalisation, `(value − mean) / std` of values 0–255. */
  normalise: { mean: number; std: number }
}

/** Adam whose learning rate follows a schedule, and whose moments can be kept. */
class ScheduledAdam extends AdamOptimizer {
  set rate(rate: number) {
    this.learningRate = rate
  }
}

type Moments = Awaited<ReturnType<AdamOptimizer['getWeights']>>

/** Trains a network epoch by epoch; what it needs to go on after a break is in `state`. */
export class Fit {
  readonly #tf: Tensors
  readonly #network: Trainable
  readonly #set: TrainingSet
  readonly #options: FitOptions
  readonly #optimiser = new ScheduledAdam(0, 0.9, 0.999)
  #step = 0

  constructor(tf: Tensors, network: Trainable, set: TrainingSet, options: FitOptions) {
    this.#tf = tf
    this.#network = network
    this.#set = set
    this.#options = options
  }

  /**
   * One epoch over the images at `places`, in that order.
   *
   * @param steps steps of the whole training, for the schedule
   * @returns mean loss over the epoch
   * @throws GyrusError `cancelled`; `training-diverged` when the loss is no longer a finite number
   */
  async epoch(places: number[], steps: number, random: Random, follow: Follow): Promise<number> {
    const { batch } = this.#options
    let sum = 0
    for (let start = 0; start < places.length; start += batch) {
      if (follow.signal?.aborted) throw new GyrusError('cancelled')
      const taken = places.slice(start, start + batch)
      const loss = await this.#train(taken, steps, random)
      if (!Number.isFinite(loss)) throw new GyrusError('training-diverged', { step: this.#step })
      sum += loss * taken.length
      follow.onStep?.({ done: start + taken.length, of: places.length, loss })
      // Messages, say to cancel, are only heard between steps.
      await new Promise(setImmediate)
    }
    return sum / places.length
  }

  async #train(places: number[], steps: number, random: Random): Promise<number> {
    const tf = this.#tf
    const { schedule, augmentation, labelSmoothing } = this.#options
    this.#optimiser.rate = rateAt(schedule, this.#step++, steps)
    const { images, targets } = takeBatch(tf, this.#set, places)
    const input = tf.tidy(() => this.#toInput(augment(tf, images, augmentation, random)))
    const loss = this.#optimiser.minimize(() => {
      const [logits] = this.#network.apply(input, ['logits'])
      return groupCrossEntropy(tf, logits as typeof targets, targets, labelSmoothing)
    }, true)
    const value = (await loss?.data())?.[0] ?? Number.NaN
    tf.dispose([images, targets, input, ...(loss ? [loss] : [])])
    return value
  }

  /** Logits of images as they are, `images × classes`, row-major. */
  async predict(set: TrainingSet, places: number[]): Promise<Float32Array> {
    const tf = this.#tf
    const logits = new Float32Array(places.length * set.classes)
    for (let start = 0; start < places.length; start += this.#options.batch) {
      const taken = places.slice(start, start + this.#options.batch)
      const result = tf.tidy(() => {
        const [output] = this.#network.apply(this.#toInput(takeBatch(tf, set, taken).images), ['logits'])
        return output as Variable
      })
      logits.set(await result.data(), start * set.classes)
      result.dispose()
      await new Promise(setImmediate)
    }
    return logits
  }

  /** Grey images become three equal channels; 0–1 becomes what the network was made for. */
  #toInput(images: Tensor4D): Tensor4D {
    const { mean, std } = this.#options.normalise
    const tf = this.#tf
    const normalised = tf.sub(tf.mul(images, 255 / std), mean / std)
    return (images.shape[3] === 3 ? normalised : tf.tile(normalised, [1, 1, 1, 3])) as Tensor4D
  }

  /** Step and moments, for a checkpoint. */
  async state(): Promise<{ step: number; moments: Moments }> {
    return { step: this.#step, moments: await this.#optimiser.getWeights() }
  }

  async restore({ step, moments }: { step: number; moments: Moments }): Promise<void> {
    this.#step = step
    if (moments.length > 0) await this.#optimiser.setWeights(moments)
  }

  dispose(): void {
    this.#optimiser.dispose()
  }
}

export interface Follow {
  signal?: AbortSignal
  onStep?(step: { done: number; of: number; loss: number }): void
}
