import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readSafetensors } from '../../src/main/engine/safetensors.ts'
import { Fit } from '../../src/main/engine/train/fit.ts'
import { registerGradients } from '../../src/main/engine/train/native-gradients.ts'
import type { NetworkRecipe } from '../../src/main/engine/train/recipes/types.ts'
import { type EpochRun, runEpochs } from '../../src/main/engine/train/run/epochs.ts'
import { makeTrainable } from '../../src/main/engine/train/trainable.ts'
import { epochSchema } from '../../src/shared/training.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { brightOrDark, COUNT, OPTIONS, smallGraph } from './small-network.ts'

beforeAll(async () => {
  await registerGradients()
  await tf.setBackend('cpu')
})

/** Has the last step of an epoch break a weight: its loss was measured before, and does not show it. */
class Breaking extends Fit {
  breaksIn = 0
  spoil: () => void = () => undefined
  #epoch = 0

  override async epoch(...asked: Parameters<Fit['epoch']>) {
    const outcome = await super.epoch(...asked)
    if (++this.#epoch === this.breaksIn) this.spoil()
    return outcome
  }
}

function breaking(epoch: number, { validated = true, value = Number.NaN } = {}): EpochRun {
  const network = makeTrainable(tf, smallGraph())
  const training = brightOrDark()
  const fit = new Breaking(tf, network, training, OPTIONS)
  const spoil = () => {
    const { initialisers } = smallGraph()
    const { dims, data } = initialisers.get('hb') as { dims: number[]; data: Float32Array }
    network.variables.get('hb')?.assign(tf.tensor(Float32Array.from(data).fill(value), dims))
  }
  Object.assign(fit, { breaksIn: epoch, spoil })
  const recipe = { ...OPTIONS, epochs: 4, patience: null, sampling: { by: 'image' }, progressive: null, size: 12 }
  const examples = Array.from({ length: COUNT }, (_, i) => {
    return { file: `${i}`, path: `${i}`, label: null, group: `${i}`, part: 'training' as const }
  })
  return {
    ...{ tf, dir: temporaryFolder(), seed: 1, network, fit, examples, training },
    recipe: recipe as unknown as NetworkRecipe,
    validation: validated ? brightOrDark() : null,
  }
}

const silent = {
  ...{ signal: new AbortController().signal, onProgress: () => undefined },
  ...{ onDataset: () => undefined, tell: () => undefined },
}

async function numbersIn(file: string): Promise<number[]> {
  return [...(await readSafetensors(file)).tensors.values()].flatMap(({ data }) => [...data])
}

describe('a training whose weights break in the last step of an epoch', () => {
  it.each([
    ['with validation images', { validated: true }, 1],
    ['without them', { validated: false }, 2],
    ['to infinity', { validated: true, value: Number.POSITIVE_INFINITY }, 1],
  ])('keeps the last good checkpoint and says so, %s', async (_, options, least) => {
    const run = breaking(3, options)
    const outcome = await runEpochs(run, silent)
    expect(outcome).toMatchObject({ end: 'diverged', epochs: [{ epoch: 1 }, { epoch: 2 }] })
    expect(outcome.bestEpoch).toBeGreaterThanOrEqual(least)
    // As it is read back from run.json.
    const read = JSON.parse(JSON.stringify(outcome.epochs))
    expect(read.map((epoch: unknown) => epochSchema.parse(epoch))).toEqual(outcome.epochs)
    const kept = await readSafetensors(join(run.dir, 'checkpoint.safetensors'))
    expect(JSON.parse(kept.metadata.standing ?? '').epochs).toHaveLength(2)
    expect((await numbersIn(join(run.dir, 'checkpoint.safetensors'))).every(Number.isFinite)).toBe(true)
    for (const variable of run.network.variables.values()) {
      expect([...(await variable.data())].every(Number.isFinite)).toBe(true)
    }
  })

  it('in its first epoch fails, and its start is kept', async () => {
    const run = breaking(1)
    await expect(runEpochs(run, silent)).rejects.toMatchObject({ code: 'training-diverged' })
    expect((await numbersIn(join(run.dir, 'checkpoint.safetensors'))).every(Number.isFinite)).toBe(true)
    expect(existsSync(join(run.dir, 'best.safetensors'))).toBe(false)
  })
})
