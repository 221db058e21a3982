import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { decodeImage } from '../../src/main/engine/decode/index.ts'
import { GyrusError } from '../../src/shared/errors.ts'
import { noise, ramp, raw8 } from './support/images.ts'
import { blackPng } from './support/png.ts'
import { greyTiff, greyTiffInFront } from './support/tiff.ts'

/** The failure that decoding ends in, with its filled-in sentence. */
async function failureOf(bytes: Uint8Array): Promise<{ code: string; message: string }> {
  const error = await decodeImage(bytes).then(
    () => expect.unreachable('it was decoded'),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(GyrusError)
  return (error as GyrusError).toFailure()
}

it('an empty file', async () => {
  expect(await failureOf(new Uint8Array())).toMatchObject({ code: 'file-empty' })
})

it.each([
  ['text', Buffer.from('Dear colleague, please find the scan enclosed.')],
  ['a GIF', Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1')],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>')],
  ['a PDF', Buffer.from('%PDF-1.7\n')],
  ['three bytes', Buffer.from([1, 2, 3])],
  ['RIFF sound', Buffer.from('RIFF\x24\x00\x00\x00WAVEfmt ', 'latin1')],
])('%s is not supported', async (_, bytes) => {
  expect(await failureOf(bytes)).toMatchObject({ code: 'image-unsupported' })
})

describe.each([
  ['jpeg', () => noise().jpeg().toBuffer()],
  ['progressive jpeg', () => noise().jpeg({ progressive: true }).toBuffer()],
  ['png', () => noise().png().toBuffer()],
  ['webp', () => noise().webp().toBuffer()],
  ['lossless webp', () => noise().webp({ lossless: true }).toBuffer()],
  ['uncompressed tiff', () => noise().tiff({ compression: 'none' }).toBuffer()],
  ['lzw tiff', () => noise().tiff({ compression: 'lzw' }).toBuffer()],
  ['jpeg tiff', () => noise().tiff({ compression: 'jpeg' }).toBuffer()],
])('a truncated %s', (_, make) => {
  it.each([0.02, 0.3, 0.6, 0.9, 0.99])('cut after %f of its bytes', async (share) => {
    const file = await make()
    const cut = file.subarray(0, Math.floor(file.length * share))
    expect(await failureOf(cut)).toMatchObject({ code: 'image-truncated' })
  })
})

it('many truncated JPEGs at a time are each told apart from damaged ones', async () => {
  const plain = await noise(200).jpeg().toBuffer()
  // A segment in the header that holds a picture of its own, with its own end.
  const preview = Buffer.from([0xff, 0xe1, 0, 6, 0xff, 0xd8, 0xff, 0xd9])
  const file = Buffer.concat([plain.subarray(0, 2), preview, plain.subarray(2)])
  const cuts = Array.from({ length: 40 }, (_, n) => file.subarray(0, 2000 + 200 * n))
  const failures = await Promise.all(cuts.map(failureOf))
  expect(new Set(failures.map(({ code }) => code))).toEqual(new Set(['image-truncated']))
})

it('a JPEG with damaged data and an end is corrupt, told in words for a reader', async () => {
  const file = await noise(200).jpeg().toBuffer()
  file.fill(0x55, 3000, 3400)
  file.set([0xff, 0xd9], 6000)
  const failures = await Promise.all(Array.from({ length: 20 }, () => failureOf(file)))
  for (const { code, message } of failures) {
    expect(code).toBe('image-corrupt')
    expect(message).toBe('The image is damaged: its data cannot be read as an image.')
  }
})

it('a TIFF whose strip lies beyond the end', async () => {
  const file = greyTiff(Uint8Array.from(ramp(1)), 40, 60, { 273: 5000 })
  expect(await failureOf(file)).toMatchObject({ code: 'image-truncated' })
})

it.each(['png', 'tiff'] as const)(
  'a damaged %s is told in a sentence without the words of the library',
  async (format) => {
    const file = await noise()
      [format](format === 'tiff' ? { compression: 'lzw' } : {})
      .toBuffer()
    file.fill(0xff, 5000, 5200)
    expect(await failureOf(file)).toEqual({
      code: 'image-corrupt',
      message: 'The image is damaged: its data cannot be read as an image.',
      action: 'Export the image again from its source.',
    })
  },
)

it('a TIFF with its directory in front, as other programs write it, is cut off wherever it ends', async () => {
  const file = greyTiffInFront(Uint8Array.from(ramp(1)), 40, 60)
  expect((await decodeImage(file)).height).toBe(60)
  for (let end = 9; end < file.length; end += 37) {
    expect(await failureOf(file.subarray(0, end))).toMatchObject({ code: 'image-truncated' })
  }
})

it('a BigTIFF that is cut off', async () => {
  const file = await noise(200).tiff({ compression: 'lzw', bigtiff: true }).toBuffer()
  expect((await decodeImage(file)).width).toBe(200)
  for (const share of [0.02, 0.5, 0.99])
    expect(await failureOf(file.subarray(0, file.length * share))).toMatchObject({ code: 'image-truncated' })
})

it('a bomb of 30,000 × 30,000 px is refused from its header', async () => {
  const failure = await failureOf(blackPng(30_000, 30_000))
  expect(failure).toMatchObject({ code: 'image-too-large' })
  expect(failure.message).toBe('The image has 30000 × 30000 pixels; the limit is 64 megapixels.')
})

it.each([
  [1, 1],
  [31, 200],
  [200, 31],
])('%i × %i px is too small', async (width, height) => {
  const file = await sharp({ create: { width, height, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  expect(await failureOf(file)).toMatchObject({ code: 'image-too-small' })
})

it('takes images just within the limits', async () => {
  const file = await sharp({ create: { width: 32, height: 32, channels: 3, background: 'red' } })
    .jpeg()
    .toBuffer()
  expect((await decodeImage(file)).width).toBe(32)
  expect((await decodeImage(blackPng(8000, 8000))).width).toBe(8000)
})

it.each(['tiff', 'webp'] as const)('a %s of several images', async (format) => {
  const page = await noise(40).png().toBuffer()
  const file = await sharp([page, await sharp(page).negate().png().toBuffer()], { join: { animated: true } })
    [format]()
    .toBuffer()
  expect(await failureOf(file)).toMatchObject({ code: 'image-multipage' })
})

it('a TIFF of floating-point numbers', async () => {
  const pixels = new Uint8Array(new Float32Array(40 * 40).fill(0.5).buffer)
  const file = greyTiff(pixels, 40, 40, { 258: 32, 339: 3 })
  expect(await failureOf(file)).toMatchObject({ code: 'image-sample-type' })
})

it('damage anywhere either decodes or fails with a code', async () => {
  const files = [
    await raw8(ramp(3), 3).jpeg().toBuffer(),
    await raw8(ramp(3), 3).png().toBuffer(),
    await raw8(ramp(3), 3).tiff({ compression: 'lzw' }).toBuffer(),
    await raw8(ramp(3), 3).webp().toBuffer(),
  ]
  let state = 7
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  for (const file of files) {
    for (let round = 0; round < 60; round++) {
      const damaged = Buffer.from(file)
      for (let hit = 0; hit < 3; hit++) damaged[random(damaged.length)] = random(256)
      const outcome = await decodeImage(damaged).catch((error: unknown) => error)
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(GyrusError)
    }
  }
})
