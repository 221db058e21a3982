import type { Sharp } from 'sharp'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { decodeImage } from '../../src/main/engine/decode/index.ts'
import { HEIGHT, ramp, raw8, raw16, WIDTH } from './support/images.ts'
import { greyTiff } from './support/tiff.ts'

/** How each format is written here, and how far its 8-bit values may be off. */
const FORMATS: [name: string, write: (image: Sharp) => Sharp, tolerance: number][] = [
  ['jpeg', (image) => image.jpeg({ quality: 100, chromaSubsampling: '4:4:4' }), 3],
  ['png', (image) => image.png(), 0],
  ['tiff', (image) => image.tiff({ compression: 'lzw' }), 0],
  ['webp', (image) => image.webp({ lossless: true }), 0],
]

/** Largest difference between two lists of values. */
function distance(actual: ArrayLike<number>, expected: number[]): number {
  expect(actual.length).toBe(expected.length)
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(value - (actual[i] as number))), 0)
}

describe.each(FORMATS)('%s, 8 bits', (format, write, tolerance) => {
  it('keeps grey as one channel', async () => {
    const image = await decodeImage(await write(raw8(ramp(1), 1).toColourspace('b-w')).toBuffer())
    expect(image).toMatchObject({ width: WIDTH, height: HEIGHT, channels: 1, format })
    expect(image.data).toBeInstanceOf(Uint8Array)
    expect(distance(image.data, ramp(1))).toBeLessThanOrEqual(tolerance)
  })

  it('reads colour', async () => {
    const image = await decodeImage(await write(raw8(ramp(3), 3)).toBuffer())
    expect(image).toMatchObject({ width: WIDTH, height: HEIGHT, channels: 3 })
    expect(distance(image.data, ramp(3))).toBeLessThanOrEqual(tolerance)
  })

  it('collapses RGB with equal channels', async () => {
    const grey = ramp(1)
    const image = await decodeImage(
      await write(
        raw8(
          grey.flatMap((v) => [v, v, v]),
          3,
        ),
      ).toBuffer(),
    )
    expect(image.channels).toBe(1)
    expect(distance(image.data, grey)).toBeLessThanOrEqual(tolerance)
  })

  it('turns it upright by its EXIF orientation', async () => {
    const stored = write(raw8(ramp(1), 1).toColourspace('b-w')).withMetadata({ orientation: 6 })
    const image = await decodeImage(await stored.toBuffer())
    expect(image).toMatchObject({ width: HEIGHT, height: WIDTH })
    // A quarter turn clockwise: the first row is the first column from below.
    const turned = Array.from({ length: HEIGHT }, (_, x) => ramp(1)[(HEIGHT - 1 - x) * WIDTH] as number)
    expect(distance(image.data.subarray(0, HEIGHT), turned)).toBeLessThanOrEqual(tolerance)
  })
})

describe.each(FORMATS.filter(([name]) => name !== 'jpeg'))('%s with alpha', (_, write) => {
  it('is flattened onto black', async () => {
    const pixels = ramp(1).flatMap((v) => [v, v, v, 128])
    const image = await decodeImage(await write(raw8(pixels, 4)).toBuffer())
    expect(image.channels).toBe(1)
    expect(
      distance(
        image.data,
        ramp(1).map((v) => (v * 128) / 255),
      ),
    ).toBeLessThanOrEqual(1)
  })
})

describe.each(FORMATS.filter(([name]) => name === 'png' || name === 'tiff'))('%s, 16 bits', (_, write) => {
  it('keeps the stored grey values', async () => {
    const values = ramp(1, 300)
    const image = await decodeImage(await write(raw16(values, 1).toColourspace('grey16')).toBuffer())
    expect(image).toMatchObject({ width: WIDTH, height: HEIGHT, channels: 1 })
    expect(image.data).toEqual(Uint16Array.from(values))
  })

  it('keeps the stored colours', async () => {
    const values = ramp(3, 250)
    const image = await decodeImage(await write(raw16(values, 3).toColourspace('rgb16')).toBuffer())
    expect(image.channels).toBe(3)
    expect(image.data).toEqual(Uint16Array.from(values))
  })

  it('flattens alpha onto black', async () => {
    const grey = ramp(1, 300)
    const pixels = raw16(
      grey.flatMap((v) => [v, v, v, 32768]),
      4,
    ).toColourspace('rgb16')
    const image = await decodeImage(await write(pixels).toBuffer())
    expect(image.data).toBeInstanceOf(Uint16Array)
    expect(
      distance(
        image.data,
        grey.map((v) => v / 2),
      ),
    ).toBeLessThanOrEqual(2)
  })
})

// What orientation 1–8 does to the marks in the top left (250) and top right (150) corner of what is stored.
const CORNERS = ['top left', 'top right', 'bottom left', 'bottom right'] as const
it.each([
  [1, 'top left', 'top right'],
  [2, 'top right', 'top left'],
  [3, 'bottom right', 'bottom left'],
  [4, 'bottom left', 'bottom right'],
  [5, 'top left', 'bottom left'],
  [6, 'top right', 'bottom right'],
  [7, 'bottom right', 'top right'],
  [8, 'bottom left', 'top left'],
] as const)('EXIF orientation %i moves the marks to the %s and the %s', async (orientation, first, second) => {
  const pixels = Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)]
    return y >= 8 ? 0 : x < 8 ? 250 : x >= WIDTH - 8 ? 150 : 0
  })
  const file = await raw8(pixels, 1)
    .toColourspace('b-w')
    .jpeg({ quality: 100 })
    .withMetadata({ orientation })
    .toBuffer()
  const { data, width, height } = await decodeImage(file)
  const at = {
    'top left': [3, 3],
    'top right': [width - 4, 3],
    'bottom left': [3, height - 4],
    'bottom right': [width - 4, height - 4],
  }
  const found = CORNERS.map((corner) => data[(at[corner][1] as number) * width + (at[corner][0] as number)] as number)
  expect(found[CORNERS.indexOf(first)]).toBeGreaterThan(240)
  expect(found[CORNERS.indexOf(second)]).toBeGreaterThan(140)
  expect(found.filter((value) => value < 10)).toHaveLength(2)
})

it.each(['jpeg', 'tiff'] as const)('converts CMYK %s to sRGB', async (format) => {
  const pixels = Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    i % WIDTH < 20 ? [255, 255, 255] : [220, 30, 30],
  ).flat()
  const file = await raw8(pixels, 3).toColourspace('cmyk')[format]({ quality: 100 }).toBuffer()
  expect((await sharp(file).metadata()).space).toBe('cmyk')
  const { data, channels } = await decodeImage(file)
  expect(channels).toBe(3)
  for (const value of data.subarray(15, 18)) expect(value).toBeGreaterThan(245)
  const [red, green, blue] = data.subarray(35 * 3, 36 * 3)
  expect(red).toBeGreaterThan(180)
  expect(green).toBeLessThan(90)
  expect(blue).toBeLessThan(90)
})

it('reads a 1-bit PNG and a grey one with alpha', async () => {
  const stripes = Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i % 2 ? 255 : 0))
  const oneBit = await raw8(stripes, 1).toColourspace('b-w').png({ palette: true, colours: 2 }).toBuffer()
  expect((await decodeImage(oneBit)).data).toEqual(Uint8Array.from(stripes))
  const half = await raw8(
    stripes.flatMap((v) => [v, 0]),
    2,
  )
    .png()
    .toBuffer()
  expect(Math.max(...(await decodeImage(half)).data)).toBe(0)
})

it('reads a TIFF with private tags, and inverts one whose zero is white', async () => {
  const pixels = Uint8Array.from(ramp(1))
  const tagged = await decodeImage(greyTiff(pixels, WIDTH, HEIGHT, { 50838: 4, 65000: 7 }))
  expect(tagged.data).toEqual(pixels)
  const inverted = await decodeImage(greyTiff(pixels, WIDTH, HEIGHT, { 262: 0 }))
  expect(inverted.data).toEqual(pixels.map((value) => 255 - value))
})

it('recognises by content: other bytes around a view do not matter', async () => {
  const file = await raw8(ramp(1), 1).toColourspace('b-w').png().toBuffer()
  const padded = new Uint8Array(file.length + 11)
  padded.set(file, 7)
  expect((await decodeImage(padded.subarray(7, 7 + file.length))).data).toEqual(Uint8Array.from(ramp(1)))
})
