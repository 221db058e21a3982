import { GyrusError } from '../../../../shared/errors.ts'
import type { Epoch, EpochPart, RunSummary } from '../../../../shared/training.ts'
import type { Tensors } from '../../infer/tensorflow.ts'
import type { Fit } from '../fit.ts'
import { isOutOfMemory } from '../native-errors.ts'
import { Random } from '../random.ts'
import type { NetworkRecipe } from '../recipes/types.ts'
import type { Trainable } from '../trainable.ts'
import { imageCount, type TrainingSet } from '../training-set.ts'
import { loadBest, loadCheckpoint, type Standing, saveBest, saveCheckpoint, takeState } from './checkpoint.ts'
import { agreement, figuresOf, targetsAt } from './figures.ts'
import { drawEpoch } from './sampling.ts'
import { TimeLeft } from './time-left.ts'
import type { Example, RunFollowing } from './types.ts'

export interface EpochRun {
  tf: Tensors
  dir: string
  recipe: NetworkRecipe
  seed: number
  network: Trainable
  fit: Fit
  examples: Example[]
  training: TrainingSet
  validation: TrainingSet | null
}

export type EpochsOutcome = Pick<RunSummary, 'end' | 'epochs' | 'bestEpoch'>

/**
 * Trains epoch by epoch from the last checkpoint in `dir`, or from the start, and leaves the best weights in the network:
 * those of the lowest validation loss, or the last ones where nothing is kept for validation. What an epoch draws
 * depends on the seed and its number only, so that a run that was broken off goes on as if it had not been.
 *
 * @throws GyrusError `cancelled`; `training-checkpoint`; `training-diverged` where that happens in the first epoch;
 *   `native-engine-memory` where not even one image at a time fits
 */
export async function runEpochs(run: EpochRun, following: RunFollowing): Promise<EpochsOutcome> {
  const { tf, dir, recipe, network, fit } = run
  let standing = (await loadCheckpoint(tf, dir, network, fit)) ?? (await keepStart(run))
  // Of a run that goes on: who follows it sees it whole.
  for (const epoch of standing.epochs) tellEnded(run, epoch, null, following)
  const time = new TimeLeft(recipe, imageCount(run.training), standing.epochs.length)
  let end: EpochsOutcome['end'] = 'completed'
  while (standing.epochs.length < recipe.epochs) {
    if (stale(standing, recipe)) {
      end = 'stopped-early'
      break
    }
    try {
      standing = await oneEpoch(run, standing, time, following)
    } catch (error) {
      const diverged = error instanceof GyrusError && error.code === 'training-diverged'
      if (!diverged || standing.epochs.length === 0) throw error
      end = 'diverged'
      await loadCheckpoint(tf, dir, network, fit)
      break
    }
  }
  if (standing.bestEpoch > 0) await loadBest(dir, network)
  return { end, epochs: standing.epochs, bestEpoch: standing.bestEpoch || standing.epochs.length }
}

/** What the first epoch starts from: it may have to start again, and a full disk shows before anything was learned. */
async function keepStart({ dir, network, fit }: EpochRun): Promise<Standing> {
  const standing = { step: fit.step, batch: fit.batch, epochs: [], bestEpoch: 0 }
  await saveCheckpoint(dir, await takeState(network, fit), standing)
  return standing
}

async function oneEpoch(run: EpochRun, before: Standing, time: TimeLeft, following: RunFollowing): Promise<Standing> {
  const { network, fit, training, validation, dir } = run
  const number = before.epochs.length + 1
  const start = performance.now()
  const learned = await learn(run, number, time, following)
  const checked = validation && (await validate(run, validation, following))
  if (checked && !Number.isFinite(checked.loss)) throw new GyrusError('training-diverged', { step: fit.step })
  const state = await takeState(network, fit)
  const epoch: Epoch = {
    epoch: number,
    training: { loss: learned.loss, ...agreement(targetsAt(training, learned.places), learned.called) },
    validation: checked,
    seconds: (performance.now() - start) / 1000,
    memoryMegabytes: Math.round(process.memoryUsage.rss() / 1e6),
  }
  const epochs = [...before.epochs, epoch]
  const isBest = checked !== null && bestOf(epochs) === number
  const standing = { step: fit.step, batch: fit.batch, epochs, bestEpoch: isBest ? number : before.bestEpoch }
  if (isBest) await saveBest(dir, state)
  await saveCheckpoint(dir, state, standing)
  tellEnded(run, epoch, time.left(), following)
  return standing
}

function tellEnded(
  { recipe, training }: EpochRun,
  ended: Epoch,
  secondsLeft: number | null,
  { onProgress }: RunFollowing,
): void {
  const all = imageCount(training)
  onProgress({
    stage: 'training',
    done: all,
    total: all,
    epoch: ended.epoch,
    epochs: recipe.epochs,
    ended,
    secondsLeft,
  })
}

/** One epoch of learning. Where memory does not suffice, again from its start with half the batch. */
async function learn(run: EpochRun, number: number, time: TimeLeft, following: RunFollowing) {
  const { tf, recipe, fit, dir, network, seed } = run
  for (;;) {
    const random = new Random(seed * 1000 + number)
    const places = drawEpoch(run.examples, recipe.sampling, random)
    const size = time.sizeOf(number)
    const options = {
      steps: recipe.epochs * Math.ceil(places.length / fit.batch),
      random,
      size,
      signal: following.signal,
      onStep: ({ done, of }: { done: number; of: number }) => {
        time.step(number, done, of)
        const progress = { stage: 'training', epoch: number, epochs: recipe.epochs, ended: null } as const
        following.onProgress({ ...progress, done, total: of, secondsLeft: time.left() })
      },
    }
    try {
      return { places, ...(await fit.epoch(places, options)) }
    } catch (error) {
      if (!isOutOfMemory(error)) throw error
      if (fit.batch === 1) throw new GyrusError('native-engine-memory', {}, { cause: error })
      const batch = Math.ceil(fit.batch / 2)
      await loadCheckpoint(tf, dir, network, fit)
      fit.batch = batch
    }
  }
}

async function validate({ fit }: EpochRun, validation: TrainingSet, { signal }: RunFollowing): Promise<EpochPart> {
  const places = everyPlace(validation)
  const logits = await fit.predict(validation, places, signal)
  const { classes } = validation
  const rows = places.map((i) => logits.subarray(i * classes, (i + 1) * classes))
  return figuresOf(targetsAt(validation, places), rows)
}

const everyPlace = (set: TrainingSet) => Array.from({ length: imageCount(set) }, (_, i) => i)

/** Number of the epoch with the lowest validation loss, the first of equal ones. */
function bestOf(epochs: Epoch[]): number {
  const losses = epochs.map(({ validation }) => validation?.loss ?? Number.POSITIVE_INFINITY)
  return losses.indexOf(Math.min(...losses)) + 1
}

function stale({ epochs, bestEpoch }: Standing, { patience }: NetworkRecipe): boolean {
  return patience !== null && bestEpoch > 0 && epochs.length - bestEpoch >= patience
}
