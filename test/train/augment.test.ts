import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { augment } from '../../src/main/engine/train/augment/index.ts'
import { compress } from '../../src/main/engine/train/augment/jpeg.ts'
import { type AugmentationRanges, NO_AUGMENTATION } from '../../src/main/engine/train/augment/ranges.ts'
import { drawTransform } from '../../src/main/engine/train/augment/transform.ts'
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

/** Smallest and largest of many. */
const ends = (values: number[]) => [Math.min(...values), Math.max(...values)] as [number, number]

/** Values are nowhere outside the range, and come near both of its ends. */
function expectRange(values: number[], [low, high]: [number, number]): void {
  const [least, most] = ends(values)
  const near = 0.05 * (high - low)
  expect(least).toBeGreaterThanOrEqual(low - 1e-6)
  expect(most).toBeLessThanOrEqual(high + 1e-6)
  expect(least).toBeLessThan(low + near)
  expect(most).toBeGreaterThan(high - near)
}

describe('where an image is put', () => {
  const side = 100
  const draw = (ranges: Partial<AugmentationRanges>) => {
    const random = new Random(5)
    return Array.from({ length: 600 }, () => drawTransform(random, { ...NO_AUGMENTATION, ...ranges }, side))
  }
  /** The matrix from output to input, and how far its centre is from that of the input, px. */
  const parts = ([a = 0, b = 0, tx = 0, c = 0, d = 0, ty = 0]: number[]) => ({
    ...{ a, b, c, d },
    x: (a * (side - 1)) / 2 + (b * (side - 1)) / 2 + tx - (side - 1) / 2,
    y: (c * (side - 1)) / 2 + (d * (side - 1)) / 2 + ty - (side - 1) / 2,
  })

  it('is shifted by up to the share of its side, either way', () => {
    const all = draw({ shift: 0.07 }).map(parts)
    for (const axis of ['x', 'y'] as const)
      expectRange(
        all.map((one) => one[axis]),
        [-7, 7],
      )
    expect(all.every(({ a, b, c, d }) => a === 1 && b === 0 && c === 0 && d === 1)).toBe(true)
  })

  it('is scaled within the range, alike in both directions', () => {
    const all = draw({ scale: [0.8, 1.25] }).map(parts)
    expectRange(
      all.map(({ a }) => 1 / a),
      [0.8, 1.25],
    )
    for (const { a, d } of all) expect(a).toBeCloseTo(d, 10)
  })

  it('is stretched by up to the ratio, and keeps its area', () => {
    const all = draw({ aspect: 1.15 }).map(parts)
    expectRange(
      all.map(({ a, d }) => d / a),
      [1 / 1.15, 1.15],
    )
    for (const { a, d } of all) expect(a * d).toBeCloseTo(1, 10)
  })

  it('is turned by up to the angle, and by quarter turns as often as the recipe says', () => {
    const angle = ({ a, c }: { a: number; c: number }) => (Math.atan2(c, a) * 180) / Math.PI
    expectRange(draw({ rotation: 17 }).map(parts).map(angle), [-17, 17])
    const quarters = draw({ quarterTurn: 0.1 })
      .map(parts)
      .map((one) => Math.round(angle(one)))
    const turned = quarters.filter((degrees) => degrees !== 0)
    expect(turned.every((degrees) => degrees % 90 === 0)).toBe(true)
    expect(turned.length / quarters.length).toBeGreaterThan(0.06)
    expect(turned.length / quarters.length).toBeLessThan(0.14)
  })
})

describe('the tones of an image', () => {
  const COUNT = 200
  const MANY = { count: COUNT, side: 8 }
  /** Left half of one tone, right half of another. */
  const halves = (left: number, right: number) =>
    tf.tensor4d(
      Array.from({ length: MANY.count * MANY.side * MANY.side }, (_, i) =>
        i % MANY.side < MANY.side / 2 ? left : right,
      ),
      [MANY.count, MANY.side, MANY.side, 1],
    )
  const varied = async (images: tf.Tensor4D, ranges: Partial<AugmentationRanges>) => {
    const out = augment(tf, images, { ...NO_AUGMENTATION, ...ranges }, new Random(7))
    const values = await out.data()
    const size = MANY.side * MANY.side
    return Array.from({ length: MANY.count }, (_, i) => values.slice(i * size, (i + 1) * size))
  }

  it('are bent by an exponent within the range', async () => {
    const exponents = (await varied(halves(0.5, 0.5), { gamma: [0.55, 1.8] })).map(([value = 0]) =>
      Math.log2(1 / value),
    )
    expectRange(exponents, [0.55, 1.8])
  })

  it('are spread about their mean by up to the share', async () => {
    const all = await varied(halves(0.4, 0.6), { contrast: 0.3 })
    expectRange(
      all.map((image) => ((image[MANY.side - 1] as number) - (image[0] as number)) / 0.2),
      [0.7, 1.3],
    )
    for (const image of all) expect(((image[0] as number) + (image[MANY.side - 1] as number)) / 2).toBeCloseTo(0.5, 5)
  })

  it('are lightened or darkened by up to the share', async () => {
    const all = await varied(halves(0.5, 0.5), { brightness: 0.15 })
    expectRange(
      all.map(([value = 0]) => value - 0.5),
      [-0.15, 0.15],
    )
  })

  it('get noise of no more than the deviation, and none without', async () => {
    const deviation = (image: Float32Array) => {
      const mean = image.reduce((sum, value) => sum + value, 0) / image.length
      return Math.sqrt(image.reduce((sum, value) => sum + (value - mean) ** 2, 0) / image.length)
    }
    const noisy = (await varied(halves(0.5, 0.5), { noise: 0.04 })).map((image) => deviation(image as Float32Array))
    const mean = noisy.reduce((sum, value) => sum + value, 0) / noisy.length
    expect(mean).toBeGreaterThan(0)
    // Drawn once for all; of 64 points each, so that some are beyond it by chance.
    expect(mean).toBeLessThan(0.04)
    expect(ends((await varied(halves(0.5, 0.5), {})).map((image) => deviation(image as Float32Array)))[1]).toBeLessThan(
      1e-6,
    )
  })
})

it('blur takes fine detail away and leaves the mean, as often as the recipe says', async () => {
  const side = 32
  const board = tf.tensor4d(
    Array.from({ length: side * side }, (_, i) => ((i + Math.floor(i / side)) % 2 ? 0.7 : 0.3)),
    [1, side, side, 1],
  )
  const random = new Random(11)
  const ranges = { ...NO_AUGMENTATION, blur: { chance: 0.3, smallest: 0.4 } }
  let blurred = 0
  for (let i = 0; i < 200; i++) {
    const { mean, variance } = tf.moments(augment(tf, board, ranges, random))
    expect((await mean.data())[0]).toBeCloseTo(0.5, 1)
    const [spread = 0] = await variance.data()
    expect(spread).toBeLessThanOrEqual(0.04 + 1e-6)
    if (spread < 0.035) blurred++
  }
  expect(blurred / 200).toBeGreaterThan(0.2)
  expect(blurred / 200).toBeLessThan(0.4)
})
