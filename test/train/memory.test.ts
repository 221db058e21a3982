import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, expect, it } from 'vitest'
import { Fit } from '../../src/main/engine/train/fit.ts'
import { registerGradients } from '../../src/main/engine/train/native-gradients.ts'
import { Random } from '../../src/main/engine/train/random.ts'
import type { NetworkRecipe } from '../../src/main/engine/train/recipes/types.ts'
import { type EpochRun, runEpochs } from '../../src/main/engine/train/run/epochs.ts'
import { makeTrainable } from '../../src/main/engine/train/trainable.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { brightOrDark, COUNT, OPTIONS, smallGraph } from './small-network.ts'

beforeAll(async () => {
  await registerGradients()
  await tf.setBackend('cpu')
})

/** Has memory for batches of so many images only, and says so in TensorFlow's words. No graphics card can be filled here. */
class Cramped extends Fit {
  fits = COUNT
  /** Steps of an epoch after which memory runs out. */
  after = 0
  readonly tried: number[] = []

  override epoch(...[places, options]: Parameters<Fit['epoch']>) {
    this.tried.push(this.batch)
    let steps = 0
    const onStep = () => {
      if (this.batch > this.fits && ++steps > this.after) throw new Error('OOM when allocating tensor with shape[8,4]')
    }
    return super.epoch(places, { ...options, onStep })
  }
}

function cramped(fits: number, after: number): { run: EpochRun; fit: Cramped } {
  const network = makeTrainable(tf, smallGraph())
  const training = brightOrDark()
  const fit = new Cramped(tf, network, training, OPTIONS)
  Object.assign(fit, { fits, after })
  const recipe = { ...OPTIONS, epochs: 2, patience: null, sampling: { by: 'image' }, progressive: null, size: 12 }
  const examples = Array.from({ length: COUNT }, (_, i) => ({
    file: `${i}`,
    path: `${i}`,
    label: null,
    group: `${i}`,
    part: 'training' as const,
  }))
  const dir = temporaryFolder()
  const run = {
    tf,
    dir,
    recipe: recipe as unknown as NetworkRecipe,
    seed: 1,
    network,
    fit,
    examples,
    training,
    validation: null,
  }
  return { run, fit }
}

const following = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onDataset: () => undefined,
  tell: () => undefined,
}

it('where memory runs out in an epoch, it is learned again from its start with half the batch, and that stays', async () => {
  const { run, fit } = cramped(2, 1)
  const { epochs, end } = await runEpochs(run, following)
  expect({ end, epochs: epochs.length }).toEqual({ end: 'completed', epochs: 2 })
  expect(fit.tried).toEqual([8, 4, 2, 2])

  const enough = cramped(2, 0)
  enough.fit.batch = 2
  await runEpochs(enough.run, following)
  const [one, other] = await Promise.all([run, enough.run].map(({ network }) => network.toGraph()))
  for (const name of run.network.variables.keys()) {
    expect(one?.initialisers.get(name)?.data).toEqual(other?.initialisers.get(name)?.data)
  }
})

it('where not even one image fits, it says so', async () => {
  const { run, fit } = cramped(0, 0)
  await expect(runEpochs(run, following)).rejects.toMatchObject({ code: 'native-engine-memory' })
  expect(fit.tried).toEqual([8, 4, 2, 1])
})

it('a step that fails leaves no tensor behind', async () => {
  const { run, fit } = cramped(COUNT, 0)
  const before = tf.memory().numTensors
  const broken = {
    ...run.network,
    apply: () => {
      throw new Error('OOM when allocating tensor')
    },
  }
  const failing = new Fit(tf, broken, run.training, OPTIONS)
  await expect(failing.epoch([0, 1], { steps: 1, random: new Random(1) })).rejects.toThrow('OOM')
  failing.dispose()
  expect(tf.memory().numTensors).toBe(before)
  fit.dispose()
})
