import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
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

const newOptimiser = () => new ScheduledAdam(0, 0.9, 0.999)

export type Moments = Awaited<ReturnType<AdamOptimizer['getWeights']>>

/** What the network said to the images of an epoch as it learned from them. */
export interface EpochOutcome {
  /** Mean over the images. */
  loss: number
  /** Class of the highest logit, in the order of `places`. */
  called: number[]
}

export interface EpochOptions {
  /** Steps of the whole training, for the schedule. */
  steps: number
  random: Random
  /** Side that images are brought to, px; by default their own. */
  size?: number
  signal?: AbortSignal
  onStep?(step: { done: number; of: number; loss: number }): void
}

/** Trains a network epoch by epoch; what it needs to go on after a break is in `state`. */
export class Fit {
  readonly #tf: Tensors
  readonly #network: Trainable
  readonly #set: TrainingSet
  readonly #options: FitOptions
  #optimiser = newOptimiser()
  /** Images in a step. */
  batch: number
  #step = 0

  constructor(tf: Tensors, network: Trainable, set: TrainingSet, options: FitOptions) {
    this.#tf = tf
    this.#network = network
    this.#set = set
    this.#options = options
    this.batch = options.batch
  }

  /** Steps so far. */
  get step(): number {
    return this.#step
  }

  /**
   * One epoch over the images at `places`, in that order.
   *
   * @throws GyrusError `cancelled`; `training-diverged` when the loss is no longer a finite number
   */
  async epoch(places: number[], options: EpochOptions): Promise<EpochOutcome> {
    const { batch } = this
    const called: number[] = []
    let sum = 0
    for (let start = 0; start < places.length; start += batch) {
      if (options.signal?.aborted) throw new GyrusError('cancelled')
      const taken = places.slice(start, start + batch)
      const outcome = await this.#train(taken, options)
      if (!Number.isFinite(outcome.loss)) throw new GyrusError('training-diverged', { step: this.#step })
      sum += outcome.loss * taken.length
      called.push(...outcome.called)
      options.onStep?.({ done: start + taken.length, of: places.length, loss: outcome.loss })
      // Messages, say to cancel, are only heard between steps.
      await new Promise(setImmediate)
    }
    return { loss: sum / places.length, called }
  }

  async #train(places: number[], { steps, random, size }: EpochOptions): Promise<EpochOutcome> {
    const tf = this.#tf
    const { schedule, augmentation, labelSmoothing } = this.#options
    this.#optimiser.rate = rateAt(schedule, this.#step++, steps)
    const { images, targets } = takeBatch(tf, this.#set, places)
    const held: Tensor[] = [images, targets]
    // Also after a failure: where memory ran out, half the batch must find what this one took.
    try {
      const input = tf.tidy(() => this.#toInput(augment(tf, images, augmentation, random, size)))
      held.push(input)
      let called: Tensor | undefined
      const loss = this.#optimiser.minimize(() => {
        const [logits] = this.#network.apply(input, ['logits'], () => random.integer(2 ** 31))
        called = tf.keep(tf.argMax(logits as Tensor2D, 1))
        held.push(called)
        return groupCrossEntropy(tf, logits as Tensor2D, targets, labelSmoothing)
      }, true)
      if (loss) held.push(loss)
      return {
        loss: (await loss?.data())?.[0] ?? Number.NaN,
        called: Array.from((await called?.data()) ?? []),
      }
    } finally {
      tf.dispose(held)
    }
  }

  /** Logits of images as they are, `images × classes`, row-major. @throws GyrusError `cancelled` */
  async predict(set: TrainingSet, places: number[], signal?: AbortSignal): Promise<Float32Array> {
    const tf = this.#tf
    const logits = new Float32Array(places.length * set.classes)
    for (let start = 0; start < places.length; start += this.batch) {
      if (signal?.aborted) throw new GyrusError('cancelled')
      const taken = places.slice(start, start + this.batch)
      const result = tf.tidy(() => {
        const [output] = this.#network.apply(this.#toInput(takeBatch(tf, set, taken).images), ['logits'])
        return output as Tensor2D
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

  /** Step and moments, for a checkpoint; the moments' tensors are the optimiser's own. */
  async state(): Promise<{ step: number; moments: Moments }> {
    return { step: this.#step, moments: await this.#optimiser.getWeights() }
  }

  async restore({ step, moments }: { step: number; moments: Moments }): Promise<void> {
    this.#step = step
    // Before the first step there are no moments: those of steps that are taken back must go.
    this.#optimiser.dispose()
    this.#optimiser = newOptimiser()
    if (moments.length > 0) await this.#optimiser.setWeights(moments)
  }

  dispose(): void {
    this.#optimiser.dispose()
  }
}
