import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { decodeImage } from '../../src/main/engine/decode/index.ts'
import { preprocess } from '../../src/main/engine/preprocess/index.ts'
import { histogram, percentile } from '../../src/main/engine/preprocess/percentiles.ts'
import { resample } from '../../src/main/engine/preprocess/resample.ts'
import type { DecodedImage } from '../../src/main/engine/types.ts'
import type { Preprocessing } from '../../src/shared/model.ts'

const SPEC: Preprocessing = {
  version: 'test',
  size: 16,
  region: 'whole',
  colour: 'as-is',
  resize: { fit: 'fill', kernel: 'linear' },
  stretch: { images: 'high-bit-depth', percentiles: [0, 100] },
  normalise: { mean: 127, std: 128 },
}

function image(data: DecodedImage['data'], width: number, height: number, channels: 1 | 3 = 1): DecodedImage {
  return { data, width, height, channels, format: 'png' }
}

/** One row of values, resampled. */
function resampleRow(values: number[], to: number, kernel: Preprocessing['resize']['kernel']): number[] {
  return [...resample({ data: values, width: values.length, height: 1, step: 1, offset: 0 }, to, 1, kernel)]
}

describe('resample', () => {
  it('halves with a triangle over four pixels', () => {
    // Centre of the first output is 0.5; distances 0.5, 0.5, 1.5, 2.5 of a reach of 2: weights 3, 3, 1, 0 sevenths.
    const [first, second] = resampleRow([0, 0, 255, 255], 2, 'linear')
    expect(first).toBeCloseTo(255 / 7, 4)
    expect(second).toBeCloseTo((255 * 6) / 7, 4)
  })

  it('doubles by linear interpolation', () => {
    // Output centres lie at −¼, ¼, ¾, 1¼; outside, the last pixel goes on.
    expect(resampleRow([0, 100], 4, 'linear').map((v) => Math.round(v * 1e4) / 1e4)).toEqual([0, 25, 75, 100])
  })

  it('doubles by Catmull-Rom', () => {
    // At 1¼: weights of distances 1¼, ¼, ¾, 1¾ are −9/128, 111/128, 29/128, −3/128.
    expect(resampleRow([10, 20, 60, 40], 8, 'cubic')[3]).toBeCloseTo((-9 * 10 + 111 * 20 + 29 * 60 - 3 * 40) / 128, 4)
  })

  it('keeps an image of the right size as it is', () => {
    const values = [3, 250, 7, 90, 0, 17, 33, 128, 5]
    for (const kernel of ['linear', 'cubic', 'lanczos3'] as const) {
      const same = resample({ data: values, width: 3, height: 3, step: 1, offset: 0 }, 3, 3, kernel)
      for (const [i, value] of values.entries()) expect(same[i]).toBeCloseTo(value, 4)
    }
  })

  it('keeps a plane plane and a slope sloping with every kernel', () => {
    for (const kernel of ['linear', 'cubic', 'lanczos3'] as const) {
      for (const value of resampleRow(new Array(50).fill(77), 13, kernel)) expect(value).toBeCloseTo(77, 4)
      const slope = resampleRow(
        Array.from({ length: 64 }, (_, i) => i),
        16,
        kernel,
      )
      for (const [i, value] of slope.slice(4, 12).entries()) expect(value).toBeCloseTo((i + 4) * 4 + 1.5, 1)
    }
  })

  it('treats rows and columns alike', () => {
    const values = Array.from({ length: 30 * 20 }, (_, i) => (i * 7919) % 251)
    const turned = Array.from({ length: 600 }, (_, i) => values[(i % 20) * 30 + Math.floor(i / 20)] as number)
    const upright = resample({ data: values, width: 30, height: 20, step: 1, offset: 0 }, 9, 7, 'cubic')
    const across = resample({ data: turned, width: 20, height: 30, step: 1, offset: 0 }, 7, 9, 'cubic')
    for (let y = 0; y < 7; y++)
      for (let x = 0; x < 9; x++) expect(upright[y * 9 + x]).toBeCloseTo(across[x * 7 + y] as number, 3)
  })
})

describe('preprocess', () => {
  it('normalises and repeats grey in three channels', async () => {
    const input = await preprocess(image(new Uint8Array(32 * 32).fill(191), 32, 32), SPEC)
    expect(input).toHaveLength(3 * 16 * 16)
    expect([...new Set(input)]).toEqual([0.5])
  })

  it('separates channels: RGB pixels become planes', async () => {
    const pixels = Uint8Array.from({ length: 40 * 30 * 3 }, (_, i) => [255, 127, 0][i % 3] as number)
    const input = await preprocess(image(pixels, 40, 30, 3), SPEC)
    expect(input.subarray(0, 256).every((value) => value === 1)).toBe(true)
    expect(input.subarray(256, 512).every((value) => Math.abs(value) < 1e-6)).toBe(true)
    expect(input.subarray(512).every((value) => Math.abs(value + 127 / 128) < 1e-6)).toBe(true)
  })

  it('gives grey the same numbers whether it has one channel or three', async () => {
    const grey = Uint8Array.from({ length: 50 * 40 }, (_, i) => (i * 31) % 256)
    const colour = Uint8Array.from({ length: 50 * 40 * 3 }, (_, i) => grey[Math.floor(i / 3)] as number)
    expect(await preprocess(image(grey, 50, 40), SPEC)).toEqual(await preprocess(image(colour, 50, 40, 3), SPEC))
  })

  it('fits a wide image whole with black above and below', async () => {
    const input = await preprocess(image(new Uint8Array(64 * 32).fill(255), 64, 32), {
      ...SPEC,
      resize: { fit: 'contain', kernel: 'linear' },
    })
    const rows = Array.from({ length: 16 }, (_, y) => input[y * 16 + 8])
    expect(rows).toEqual([...new Array(4).fill(-127 / 128), ...new Array(8).fill(1), ...new Array(4).fill(-127 / 128)])
  })

  it('cuts off what a kernel overshoots', async () => {
    const edge = Uint8Array.from({ length: 64 * 64 }, (_, i) => (i % 64 < 32 ? 0 : 255))
    const input = await preprocess(image(edge, 64, 64), { ...SPEC, resize: { fit: 'fill', kernel: 'lanczos3' } })
    expect(Math.max(...input)).toBe(1)
    expect(Math.min(...input)).toBeCloseTo(-127 / 128, 6)
  })

  it('stretches 16-bit values between the percentiles', async () => {
    // Half 1000, half 3000, and one hot pixel that the 99th percentile leaves out.
    const pixels = Uint16Array.from({ length: 32 * 32 }, (_, i) => (i % 32 < 16 ? 1000 : 3000))
    pixels[31] = 65535
    const input = await preprocess(image(pixels, 32, 32), {
      ...SPEC,
      stretch: { images: 'high-bit-depth', percentiles: [1, 99] },
    })
    expect(input[8 * 16 + 1]).toBeCloseTo(-127 / 128, 6)
    expect(input[8 * 16 + 14]).toBe(1)
    const whole = await preprocess(image(pixels, 32, 32), SPEC)
    expect(whole[8 * 16 + 14]).toBeCloseTo(((2000 / 64535) * 255 - 127) / 128, 5)
  })

  it('does not divide by zero on a constant 16-bit image', async () => {
    const input = await preprocess(image(new Uint16Array(32 * 32).fill(500), 32, 32), SPEC)
    expect(input.every((value) => value === Math.fround(-127 / 128))).toBe(true)
  })

  it('gives a known image the numbers of revision 1', async () => {
    const pixels = Uint8Array.from({ length: 37 * 53 }, (_, i) => (i * i) % 256)
    const input = await preprocess(image(pixels, 37, 53), SPEC)
    expect([...input.subarray(100, 104)].map((value) => value.toFixed(5))).toEqual([
      '-0.16337',
      '-0.03748',
      '-0.12701',
      '-0.13750',
    ])
  })
})

it.each([
  ['grey', 1],
  ['in colour', 3],
] as const)('leaves a decoded picture %s as it is, so that it can be prepared again', async (_, channels) => {
  const pixels = Uint8Array.from({ length: 40 * 40 * channels }, (_, i) => (i * 37) % 251)
  const file = sharp(pixels, { raw: { width: 40, height: 40, channels } })
  const decoded = await decodeImage(await (channels === 1 ? file.toColourspace('b-w') : file).png().toBuffer())
  const before = Uint8Array.from(decoded.data)
  const spec: Preprocessing = { ...SPEC, region: 'head', colour: 'grey' }
  const first = await preprocess(decoded, spec)
  expect(Uint8Array.from(decoded.data)).toEqual(before)
  expect(await preprocess(decoded, spec)).toEqual(first)
})

describe('percentile', () => {
  it('is the nearest rank', () => {
    const counts = histogram(Uint8Array.of(15, 20, 35, 40, 50))
    expect([0, 5, 30, 40, 50, 100].map((percent) => percentile(counts, percent))).toEqual([15, 15, 20, 20, 35, 50])
  })

  it('sees every 16-bit value', () => {
    expect(percentile(histogram(Uint16Array.of(7, 65535)), 100)).toBe(65535)
  })
})
