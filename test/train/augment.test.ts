import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { augment } from '../../src/main/engine/train/augment/index.ts'
import { compress } from '../../src/main/engine/train/augment/jpeg.ts'
import { NO_AUGMENTATION } from '../../src/main/engine/train/augment/ranges.ts'
import { Random } from '../../src/main/engine/train/random.ts'

const SIZE = 45

beforeAll(async () => {
  await tf.setBackend('cpu')
})

/** Smooth hills with some grain, 0–255. */
const scan = Uint8Array.from({ length: SIZE * SIZE }, (_, i) => {
  const [x, y] = [i % SIZE, Math.floor(i / SIZE)]
  return 128 + 80 * Math.sin(x / 5) * Math.cos(y / 7) + ((x * 7 + y * 13) % 17)
})

const batch = (count: number) =>
  tf.tensor4d(Array.from({ length: count }, () => [...scan].map((v) => v / 255)).flat(), [count, SIZE, SIZE, 1])

describe('JPEG noise', () => {
  it.each([20, 50, 75, 95])('is that of a real JPEG of quality %i', async (quality) => {
    const file = await sharp(scan, { raw: { width: SIZE, height: SIZE, channels: 1 } })
      .jpeg({ quality })
      .toBuffer()
    const real = await sharp(file).toColourspace('b-w').raw().toBuffer()
    const ours = await compress(tf, batch(1), [quality]).data()
    // Beyond the last whole block, libjpeg repeats the edge and this mirrors it; elsewhere they round a few coefficients apart.
    const whole = SIZE - (SIZE % 8)
    const inside = [...scan.keys()].filter((i) => i % SIZE < whole && i < whole * SIZE)
    const difference = (of: (i: number) => number) =>
      inside.reduce((sum, i) => sum + Math.abs((real[i] as number) - of(i)), 0) / inside.length
    const off = difference((i) => (ours[i] as number) * 255)
    const noise = difference((i) => scan[i] as number)
    expect(off).toBeLessThan(0.5)
    expect(off).toBeLessThan(noise / 2)
  })

  it('leaves alone the images that are not drawn', async () => {
    const [drawn, other] = tf.unstack(compress(tf, batch(2), [10, null]))
    const before = await batch(1).data()
    expect(await other?.data()).toEqual(before)
    expect(await drawn?.data()).not.toEqual(before)
  })
})

describe('a black border', () => {
  const ranges = { ...NO_AUGMENTATION, border: { chance: 0.5, widest: 0.2 } }
  const white = tf.ones([24, SIZE, SIZE, 1]) as tf.Tensor4D

  it('comes on every side of about as many images as the recipe says, and is never wider', async () => {
    const images = tf.unstack(augment(tf, white, ranges, new Random(3))) as tf.Tensor3D[]
    const means = await Promise.all(images.map(async (image) => (await tf.mean(image).data())[0] as number))
    const bordered = means.filter((mean) => mean < 1)
    expect(bordered.length).toBeGreaterThan(6)
    expect(bordered.length).toBeLessThan(18)
    expect(Math.min(...means)).toBeGreaterThan(0.6 * 0.6)
    const inner = Math.ceil(SIZE * 0.2)
    for (const image of images) {
      const middle = tf.slice(image, [inner, inner, 0], [SIZE - 2 * inner, SIZE - 2 * inner, 1])
      expect((await tf.min(middle).data())[0]).toBe(1)
    }
  })

  it('is nowhere in a recipe without', async () => {
    const images = augment(tf, white, NO_AUGMENTATION, new Random(3))
    expect((await tf.min(images).data())[0]).toBeCloseTo(1, 6)
  })
})
