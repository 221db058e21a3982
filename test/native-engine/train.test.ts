import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { beforeAll, expect, it as test } from 'vitest'
import { augment } from '../../src/main/engine/train/augment/index.ts'
import { NO_AUGMENTATION } from '../../src/main/engine/train/augment/ranges.ts'
import { loadNativeBackend, type NativeTensors } from '../../src/main/engine/train/native.ts'
import { Random } from '../../src/main/engine/train/random.ts'
import { nativeEngineStatus } from '../../src/main/native-engine/status.ts'
import { REAL_DATA_DIR, realEngine } from './real-engine.ts'

/** Fetching is by far the most of it. */
const INSTALL_MS = 900_000

let found: NativeTensors | { reason: string }

beforeAll(async () => {
  const engine = await realEngine()
  found = 'dir' in engine ? await loadNativeBackend(engine.dir) : engine
  await import('@tensorflow/tfjs-backend-cpu')
}, INSTALL_MS)

type Tensors = NativeTensors['tf']

/** A test on the native engine, skipped where there is none. */
function it(name: string, run: (tf: Tensors) => Promise<void>): void {
  test(name, { timeout: 60_000 }, async ({ skip }) => {
    if ('reason' in found) return skip(found.reason)
    await found.tf.setBackend('tensorflow')
    await run(found.tf)
  })
}

/** The same on both backends: largest difference of the values, as a share of the largest value. */
async function largestDifference(tf: Tensors, compute: () => Tensor | Tensor[]): Promise<number> {
  const values: number[][] = []
  for (const backend of ['tensorflow', 'cpu']) {
    await tf.setBackend(backend)
    values.push([compute()].flat().flatMap((tensor) => [...tensor.dataSync()]))
  }
  const [native = [], plain = []] = values
  expect(native.length).toBe(plain.length)
  const difference = Math.max(...native.map((value, i) => Math.abs(value - (plain[i] as number))))
  return difference / Math.max(...plain.map(Math.abs))
}

const random = (tf: Tensors, shape: number[], seed: number) =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i * 12.9898 + seed)),
    shape,
  )

it('what was installed is unaltered, loads and computes in a process of its own', async () => {
  const { used, check, training } = await nativeEngineStatus(REAL_DATA_DIR, { verify: true })
  expect(training).toBe('full')
  expect(used).toMatchObject({ version: expect.stringContaining('tensorflow') })
  expect(check).toMatchObject({ version: expect.stringContaining('tensorflow'), device: 'cpu' })
})

it('gradients of conv2d and depthwiseConv2d are those of the plain backend', async (tf) => {
  const gradients = () => {
    const image = random(tf, [2, 9, 9, 3], 1) as Tensor4D
    const kernels = [random(tf, [3, 3, 3, 4], 2), random(tf, [3, 3, 4, 1], 3)]
    const loss = (x: Tensor, w: Tensor, d: Tensor) => {
      const first = tf.relu6(tf.conv2d(x as Tensor4D, w as Tensor4D, 2, 'same'))
      return tf.mean(tf.square(tf.depthwiseConv2d(first, d as Tensor4D, 1, 'same')))
    }
    return tf.grads(loss)([image, ...kernels])
  }
  expect(await largestDifference(tf, gradients)).toBeLessThan(1e-4)
})

it('borders and JPEG noise are those of the plain backend', async (tf) => {
  const ranges = { ...NO_AUGMENTATION, jpeg: { chance: 0.5, worst: 20 }, border: { chance: 0.5, widest: 0.2 } }
  const images = () => tf.abs(random(tf, [6, 45, 45, 3], 2)) as Tensor4D
  const difference = await largestDifference(tf, () => augment(tf, images(), ranges, new Random(4)))
  // A coefficient at the border between two steps may fall on either side.
  expect(difference).toBeLessThan(0.1)
})

it('gradients of pooling, normalisation and softmax too', async (tf) => {
  const gradients = () => {
    const image = random(tf, [2, 8, 8, 4], 4) as Tensor4D
    const labels = tf.oneHot(tf.tensor1d([0, 3], 'int32'), 4)
    const loss = (x: Tensor) => {
      const { mean, variance } = tf.moments(x, [0, 1, 2])
      const normal = tf.batchNorm(x as Tensor4D, mean as never, variance as never, tf.zeros([4]), tf.ones([4]), 1e-3)
      return tf.losses.softmaxCrossEntropy(labels, tf.mean(tf.maxPool(normal as Tensor4D, 2, 2, 'same'), [1, 2]))
    }
    return tf.grad(loss)(image)
  }
  expect(await largestDifference(tf, gradients)).toBeLessThan(1e-4)
})

for (const [interpolation, fillMode] of [
  ['bilinear', 'constant'],
  ['nearest', 'reflect'],
] as const) {
  it(`pictures are turned as on the plain backend: ${interpolation}, ${fillMode}`, async (tf) => {
    const turned = () => {
      // No coordinate half way between pixels, where rounding decides.
      const turn = tf.tensor2d([[0.913, 0.307, 1.011, -0.307, 0.913, 2.017, 0, 0]])
      return tf.image.transform(random(tf, [1, 12, 10, 2], 5) as Tensor4D, turn, interpolation, fillMode, 0.5, [8, 9])
    }
    expect(await largestDifference(tf, turned)).toBeLessThan(1e-4)
  })
}

/** Bright squares on the left against such on the right. */
function squares(tf: Tensors): { images: Tensor4D; labels: Tensor } {
  const side = 16
  const images = Array.from({ length: 16 }, (_, i) =>
    Array.from(
      { length: side * side },
      (_, p) => (p % side < side / 2 === (i % 2 === 0) ? 1 : 0) + Math.sin(p * i) / 4,
    ),
  )
  const labels = images.map((_, i) => (i % 2 === 0 ? [1, 0] : [0, 1]))
  return { images: tf.tensor4d(images.flat(), [16, side, side, 1]), labels: tf.tensor2d(labels) }
}

/** Losses over the steps of training a small network of depthwise blocks, and the tensors that exist after each step. */
function trainSmall(tf: Tensors, steps: number): { losses: number[]; tensors: number[] } {
  const { images, labels } = squares(tf)
  const shapes = [
    [3, 3, 1, 8],
    [3, 3, 8, 1],
    [1, 1, 8, 8],
    [8, 2],
  ]
  const weights = tf.tidy(() => shapes.map((shape, seed) => tf.variable(tf.mul(random(tf, shape, seed), 0.3))))
  const [stem, depth, point, head] = weights as Tensor[] as [Tensor4D, Tensor4D, Tensor4D, Tensor]
  const loss = () => {
    const first = tf.relu6(tf.conv2d(images, stem, 2, 'same'))
    const second = tf.relu6(tf.conv2d(tf.depthwiseConv2d(first, depth, 2, 'same'), point, 1, 'same'))
    const halves = tf.mean(tf.mul(second, tf.tensor4d([1, 1, -1, -1], [1, 1, 4, 1])), [1, 2])
    return tf.losses.softmaxCrossEntropy(labels, tf.matMul(halves, head as never)) as never
  }
  const optimizer = tf.train.adam(0.02)
  const losses: number[] = []
  const tensors: number[] = []
  for (let step = 0; step < steps; step++) {
    const value = tf.tidy(() => optimizer.minimize(loss, true) as Tensor)
    losses.push(value.dataSync()[0] as number)
    value.dispose()
    tensors.push(tf.memory().numTensors)
  }
  optimizer.dispose()
  tf.dispose([images, labels, ...weights])
  return { losses, tensors }
}

it('a small network learns, and leaves no tensor behind', async (tf) => {
  const before = tf.memory().numTensors
  const { losses, tensors } = trainSmall(tf, 60)
  expect(losses.at(-1)).toBeLessThan(0.2 * (losses[0] as number))
  expect(new Set(tensors.slice(1)).size).toBe(1)
  expect(tf.memory().numTensors).toBe(before)
})

it('the same again gives the same, to single precision', async (tf) => {
  const [first, second] = [trainSmall(tf, 20).losses, trainSmall(tf, 20).losses]
  const difference = Math.max(...first.map((loss, i) => Math.abs(loss - (second[i] as number))))
  expect(difference).toBeLessThan(1e-5)
})
