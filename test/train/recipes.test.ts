import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, describe, expect, it } from 'vitest'
import { createSession } from '../../src/main/engine/infer/index.ts'
import { onnxruntime } from '../../src/main/engine/infer/onnxruntime.ts'
import { toChannelsLast } from '../../src/main/engine/infer/tfjs-operators.ts'
import { sizeOf } from '../../src/main/engine/onnx/graph.ts'
import { writeOnnx } from '../../src/main/engine/onnx/write.ts'
import { NO_AUGMENTATION } from '../../src/main/engine/train/augment/ranges.ts'
import { Random } from '../../src/main/engine/train/random.ts'
import { withoutDropout } from '../../src/main/engine/train/recipes/dropout.ts'
import { chooseRecipe, describeRecipe, RECIPES } from '../../src/main/engine/train/recipes/index.ts'
import type { NetworkRecipe } from '../../src/main/engine/train/recipes/types.ts'
import { runBatch } from '../../src/main/engine/train/run/serve.ts'
import { makeTrainable } from '../../src/main/engine/train/trainable.ts'
import { RECIPE_NAMES } from '../../src/shared/training.ts'

beforeAll(() => tf.setBackend('cpu'))

const start = (size: number, dropout = 0.3) => ({
  random: new Random(1),
  base: () => Promise.reject(new Error('starts from nothing')),
  dropout,
  size,
})

describe('cnn-9', () => {
  it('has the layers of the project that it repeats, and their 38,238,276 weights', async () => {
    const graph = await (RECIPES['cnn-9'] as NetworkRecipe).network(start(150))
    const layers = graph.nodes.map(({ op }) => op).filter((op) => op !== 'Relu')
    const block = ['Conv', 'Conv', 'MaxPool', 'Dropout']
    expect(layers).toEqual([...block, ...block, 'Flatten', 'Gemm', 'Gemm', 'Gemm'])
    // 896 + 18,496 + 2 · 36,928 + (34 · 34 · 64 · 512 + 512) + (512 · 512 + 512) + (512 · 4 + 4)
    const weights = [...graph.initialisers.values()].reduce((sum, { dims }) => sum + sizeOf(dims), 0)
    expect(weights).toBe(38_238_276)
  })
})

describe('cnn-24', () => {
  it('has 24 layers', async () => {
    const graph = await (RECIPES['cnn-24'] as NetworkRecipe).network(start(64))
    expect(graph.nodes.filter(({ op }) => op !== 'Relu')).toHaveLength(24)
  })
})

describe.each(['cnn-9', 'cnn-24'] as const)('%s', (name) => {
  it('trains as the student project did: 150 px, 10 % at random, Adam, batch 16, up to 50 epochs, patience 5', () => {
    const recipe = chooseRecipe(name, {}) as NetworkRecipe
    expect(recipe).toMatchObject({
      size: 150,
      split: { by: 'random', validation: 0.1 },
      batch: 16,
      epochs: 50,
      patience: 5,
      labelSmoothing: 0,
      augmentation: NO_AUGMENTATION,
      sampling: { by: 'image' },
      progressive: null,
    })
    // Adam as Keras has it by default; what is left out of the recipe is the same for all (`Fit`).
    expect(recipe.schedule).toEqual({ kind: 'constant', rate: 1e-3, warmUp: 0 })
    expect(recipe.preprocessing(recipe.size)).toMatchObject({
      size: 150,
      region: 'whole',
      normalise: { mean: 0, std: 255 },
    })
    expect(describeRecipe(recipe)).toMatchObject({
      split: recipe.split,
      defaults: { epochs: 50, batch: 16, size: 150 },
    })
  })

  it('computes in ONNX Runtime what it computes in training', async () => {
    const size = name === 'cnn-9' ? 28 : 64
    const graph = await (RECIPES[name] as NetworkRecipe).network(start(size))
    const network = makeTrainable(tf, graph)
    const random = new Random(9)
    const image = Float32Array.from({ length: 3 * size * size }, () => random.uniform(-1, 1))
    const [logits] = tf.tidy(() =>
      network.apply(toChannelsLast(tf, tf.tensor4d(image, [1, 3, size, size])), ['logits']),
    )
    const session = await createSession(writeOnnx(withoutDropout(graph)), { providers: [onnxruntime] })
    const [served] = await runBatch(session, [image], size)
    const trained = await (logits as tf.Tensor).data()
    for (const [i, value] of trained.entries()) expect(served?.[i]).toBeCloseTo(value, 4)
  })

  it('drops some of its values in training, others each time, and none when it serves', async () => {
    const size = name === 'cnn-9' ? 28 : 64
    const network = makeTrainable(tf, await (RECIPES[name] as NetworkRecipe).network(start(size)))
    const image = tf.ones([1, size, size, 3])
    const run = (seed?: number) => {
      const random = seed === undefined ? undefined : new Random(seed)
      const next = random && (() => random.integer(2 ** 31))
      const [logits] = tf.tidy(() => network.apply(image, ['logits'], next))
      return [...(logits as tf.Tensor).dataSync()]
    }
    expect(run()).toEqual(run())
    expect(run(1)).toEqual(run(1))
    expect(run(1)).not.toEqual(run(2))
    expect(run(1)).not.toEqual(run())
  })
})

describe('the table', () => {
  it('has every recipe under its own name', () => {
    for (const name of RECIPE_NAMES) expect(RECIPES[name].name).toBe(name)
  })

  it('takes changes and leaves the rest', () => {
    const changed = chooseRecipe('cnn-9', { epochs: 2, rate: 0.5, augmentation: 0 }) as NetworkRecipe
    expect(changed).toMatchObject({ epochs: 2, batch: 16, schedule: { kind: 'constant', rate: 0.5 }, size: 150 })
    const still = chooseRecipe('efficientnet-lite0', { augmentation: 0 }) as NetworkRecipe
    expect(still.augmentation).toMatchObject({
      rotation: 0,
      scale: [1, 1],
      aspect: 1,
      gamma: [1, 1],
      flipHorizontal: 0,
    })
  })
})
