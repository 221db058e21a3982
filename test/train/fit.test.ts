import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { beforeAll, describe, expect, it } from 'vitest'
import { writeOnnx } from '../../src/main/engine/onnx/write.ts'
import { augment } from '../../src/main/engine/train/augment/index.ts'
import { NO_AUGMENTATION } from '../../src/main/engine/train/augment/ranges.ts'
import { drawTransform } from '../../src/main/engine/train/augment/transform.ts'
import { Fit } from '../../src/main/engine/train/fit.ts'
import { groupCrossEntropy } from '../../src/main/engine/train/loss.ts'
import { registerGradients } from '../../src/main/engine/train/native-gradients.ts'
import { Random } from '../../src/main/engine/train/random.ts'
import { rateAt } from '../../src/main/engine/train/schedule.ts'
import { makeTrainable } from '../../src/main/engine/train/trainable.ts'
import { brightOrDark, COUNT, OPTIONS, SIZE, smallGraph } from './small-network.ts'

beforeAll(async () => {
  await registerGradients()
  await tf.setBackend('cpu')
})

const everyImage = Array.from({ length: COUNT }, (_, i) => i)
const STEPS = 3 * 12

describe('fitting a small network', () => {
  it('learns, keeps memory flat, and gives a graph that ONNX Runtime agrees with', async () => {
    const network = makeTrainable(tf, smallGraph())
    const fit = new Fit(tf, network, brightOrDark(), OPTIONS)
    const random = new Random(1)
    const { loss: first } = await fit.epoch(everyImage, { steps: STEPS, random })
    const tensors = tf.memory().numTensors
    let last = first
    for (let epoch = 1; epoch < 12; epoch++) {
      last = (await fit.epoch(random.shuffle(everyImage), { steps: STEPS, random })).loss
    }
    expect(last).toBeLessThan(first / 2)
    expect(tf.memory().numTensors).toBe(tensors)

    const logits = await fit.predict(brightOrDark(), everyImage)
    const session = await InferenceSession.create(writeOnnx(await network.toGraph()))
    const input = new Float32Array(COUNT * 3 * SIZE * SIZE)
    const { pixels } = brightOrDark()
    for (let i = 0; i < input.length; i++) {
      const image = Math.floor(i / (3 * SIZE * SIZE))
      input[i] = ((pixels[image * SIZE * SIZE + (i % (SIZE * SIZE))] as number) - 127) / 128
    }
    const served = await session.run({ input: new Tensor('float32', input, [COUNT, 3, SIZE, SIZE]) })
    const differences = Array.from(served.logits?.data as Float32Array, (v, i) => Math.abs(v - (logits[i] as number)))
    expect(Math.max(...differences)).toBeLessThan(1e-4)
    everyImage.forEach((i) => {
      expect((logits[2 * i] as number) > (logits[2 * i + 1] as number)).toBe(i % 2 === 0)
    })
  })

  it('gives the same network for the same seed, also with a break in between', async () => {
    const straight = await train(async (fit, random) => {
      for (let epoch = 0; epoch < 3; epoch++) {
        await fit.epoch(everyImage, { steps: STEPS, random: random(epoch) })
      }
    })
    const broken = await trainWithBreak()
    for (const [name, weight] of straight) {
      const other = broken.get(name)
      weight.forEach((value, i) => {
        expect(other?.[i]).toBeCloseTo(value, 5)
      })
    }
  })

  it('stops when it is told to, and when the loss is no number', async () => {
    const network = makeTrainable(tf, smallGraph())
    const stop = new AbortController()
    const fit = new Fit(tf, network, brightOrDark(), OPTIONS)
    const following = { steps: STEPS, random: new Random(1), signal: stop.signal, onStep: () => stop.abort() }
    await expect(fit.epoch(everyImage, following)).rejects.toMatchObject({ code: 'cancelled' })
    const bad = brightOrDark()
    bad.targets[0] = Number.NaN
    const diverging = new Fit(tf, network, bad, OPTIONS)
    await expect(diverging.epoch(everyImage, { steps: STEPS, random: new Random(1) })).rejects.toMatchObject({
      code: 'training-diverged',
    })
  })
})

type Weights = Map<string, Float32Array>

async function weightsOf(network: ReturnType<typeof makeTrainable>): Promise<Weights> {
  const { initialisers } = await network.toGraph()
  return new Map([...network.variables.keys()].map((name) => [name, initialisers.get(name)?.data as Float32Array]))
}

async function train(work: (fit: Fit, random: (epoch: number) => Random) => Promise<void>): Promise<Weights> {
  const network = makeTrainable(tf, smallGraph())
  await work(new Fit(tf, network, brightOrDark(), OPTIONS), (epoch) => new Random(100 + epoch))
  return weightsOf(network)
}

async function trainWithBreak(): Promise<Weights> {
  const first = makeTrainable(tf, smallGraph())
  const before = new Fit(tf, first, brightOrDark(), OPTIONS)
  await before.epoch(everyImage, { steps: STEPS, random: new Random(100) })
  const [state, graph] = [await before.state(), await first.toGraph()]

  const second = makeTrainable(tf, smallGraph())
  second.load(graph.initialisers)
  const after = new Fit(tf, second, brightOrDark(), OPTIONS)
  await after.restore(state)
  for (let epoch = 1; epoch < 3; epoch++) {
    await after.epoch(everyImage, { steps: STEPS, random: new Random(100 + epoch) })
  }
  return weightsOf(second)
}

describe('the loss', () => {
  const logits = () => tf.tensor2d([[Math.log(1), Math.log(2), Math.log(5)]])

  it('is cross-entropy where one label is right: −ln(2/8)', async () => {
    const [loss] = await groupCrossEntropy(tf, logits(), tf.tensor2d([[0, 1, 0]]), 0).data()
    expect(loss).toBeCloseTo(Math.log(4), 6)
  })

  it('is that of the summed probability where several may be: −ln(7/8)', async () => {
    const [loss] = await groupCrossEntropy(tf, logits(), tf.tensor2d([[0, 1, 1]]), 0).data()
    expect(loss).toBeCloseTo(-Math.log(7 / 8), 6)
  })

  it('mixes in all labels when smoothed: 0.9·ln 4 + 0.1·mean(ln 8, ln 4, ln 1.6)', async () => {
    const [loss] = await groupCrossEntropy(tf, logits(), tf.tensor2d([[0, 1, 0]]), 0.1).data()
    expect(loss).toBeCloseTo(0.9 * Math.log(4) + (0.1 * (Math.log(8) + Math.log(4) + Math.log(1.6))) / 3, 6)
  })
})

describe('the schedule', () => {
  it('warms up, stays or falls along a cosine', () => {
    const cosine = { kind: 'cosine', rate: 1, warmUp: 10 } as const
    expect(rateAt(cosine, 0, 110)).toBeCloseTo(0.1)
    expect(rateAt(cosine, 9, 110)).toBeCloseTo(1)
    expect(rateAt(cosine, 60, 110)).toBeCloseTo(0.5)
    expect(rateAt(cosine, 110, 110)).toBeCloseTo(0)
    expect(rateAt({ kind: 'constant', rate: 2, warmUp: 0 }, 50, 100)).toBe(2)
  })
})

describe('augmentation', () => {
  it('leaves images alone when there is nothing to vary', async () => {
    const images = tf.randomUniform([2, 8, 8, 1], 0.1, 0.9, 'float32', 5) as tf.Tensor4D
    const same = augment(tf, images, NO_AUGMENTATION, new Random(1))
    const [before, after] = [await images.data(), await same.data()]
    after.forEach((value, i) => {
      expect(value).toBeCloseTo(before[i] as number, 5)
    })
  })

  it('mirrors left to right about the centre', async () => {
    const images = tf.tensor4d(
      [1, 2, 3, 4, 5, 6, 7, 8, 9].map((v) => v / 10),
      [1, 3, 3, 1],
    )
    const mirrored = augment(tf, images, { ...NO_AUGMENTATION, flipHorizontal: 1 }, new Random(1))
    const expected = [3, 2, 1, 6, 5, 4, 9, 8, 7]
    ;(await mirrored.data()).forEach((value, i) => {
      expect(value).toBeCloseTo((expected[i] as number) / 10, 5)
    })
  })

  it('keeps the centre where it is whatever it draws without a shift', () => {
    const random = new Random(11)
    const ranges = { ...NO_AUGMENTATION, rotation: 180, quarterTurn: 0.5, scale: [0.5, 2] as [number, number] }
    for (let i = 0; i < 50; i++) {
      const [a = 0, b = 0, x = 0, c = 0, d = 0, y = 0] = drawTransform(random, ranges, 21)
      expect(a * 10 + b * 10 + x).toBeCloseTo(10, 9)
      expect(c * 10 + d * 10 + y).toBeCloseTo(10, 9)
    }
  })
})
