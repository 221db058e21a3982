import type { Sharp } from 'sharp'
import { describe, expect, it } from 'vitest'
import { copiesAsIs, NEAR_COPY, nearDuplicateGroups } from '../../src/main/engine/dataset/copies.ts'
import { type Fingerprint, fingerprint, SIDE } from '../../src/main/engine/dataset/fingerprint.ts'
import { turnlessSignature } from '../../src/main/engine/dataset/signature.ts'
import { findSimilar } from '../../src/main/engine/dataset/similar.ts'
import { TURNS } from '../../src/main/engine/dataset/turns.ts'
import { decodeImage } from '../../src/main/engine/decode/index.ts'
import { again, numbers, SIZE, slice } from './support.ts'

const following = { signal: new AbortController().signal, onProgress: () => undefined }
const seen = async (image: Sharp, format: 'png' | 'jpeg' = 'png'): Promise<Fingerprint> =>
  fingerprint(await decodeImage(await image.toFormat(format).toBuffer()))

/** Ways to make a copy that is the same slice to a reader. */
const COPIES: [string, (seed: number) => Promise<Sharp> | Sharp][] = [
  ['itself', (seed) => slice(seed)],
  ['smaller', (seed) => slice(seed).resize(77, 77)],
  ['larger', (seed) => slice(seed).resize(300, 300)],
  ['of another aspect ratio', (seed) => slice(seed).resize(200, 120, { fit: 'fill' })],
  ['brighter', (seed) => slice(seed).linear(0.8, 40)],
  ['darker', (seed) => slice(seed).linear(0.3, 0)],
  ['with a border', (seed) => slice(seed).extend({ top: 30, bottom: 4, left: 11, right: 50, background: 'black' })],
  ['without a border', (seed) => slice(seed).trim({ background: 'black', threshold: 20 })],
  ['mirrored', (seed) => slice(seed).flop()],
  ['upside down', (seed) => slice(seed).flip()],
  ['turned by 90°', (seed) => slice(seed).rotate(90)],
  ['turned by 180°', (seed) => slice(seed).rotate(180)],
  ['turned by 270° and mirrored', async (seed) => (await again(slice(seed).rotate(270))).flop()],
  ['blurred', (seed) => slice(seed).blur(1)],
  ['in colour', (seed) => slice(seed).toColourspace('srgb')],
]

describe('a copy', () => {
  it.for(COPIES)('%s is found, also as JPEG', async ([, copy]) => {
    for (const seed of [1, 2, 3]) {
      const images = [await seen(slice(seed)), await seen(await copy(seed)), await seen(await copy(seed), 'jpeg')]
      expect(await nearDuplicateGroups(images, following)).toEqual([0, 0, 0])
    }
  })

  it('is exact when its pixels are the same, whatever the file', async () => {
    const [png, webp, other] = [await seen(slice(1)), await lossless(slice(1)), await seen(slice(1).linear(1, 1))]
    expect(webp.pixels).toBe(png.pixels)
    expect(other.pixels).not.toBe(png.pixels)
  })

  it('without contrast is found only when it is exact', async () => {
    const black = { create: { width: SIZE, height: SIZE, channels: 3, background: 'black' } } as const
    const flat = await seen((await import('sharp')).default(black))
    const grey = await seen((await import('sharp')).default({ create: { ...black.create, background: '#808080' } }))
    expect(flat.cropped).toBeNull()
    expect(await nearDuplicateGroups([flat, grey, flat], following)).toEqual([0, 1, 0])
  })

  it('says how it was turned', async () => {
    const made = [
      ['none', slice(5)],
      ['mirrored left to right', slice(5).flop()],
      ['mirrored top to bottom', slice(5).flip()],
      ['half turn', slice(5).rotate(180)],
      // The copy was turned to the right, so it fits when it is turned to the left.
      ['quarter turn left', slice(5).rotate(90)],
      ['quarter turn right', slice(5).rotate(270)],
    ] as const
    for (const [name, image] of made) {
      const turns: string[] = []
      const images = [await seen(slice(5)), await seen(image)]
      await nearDuplicateGroups(images, { ...following, onPair: ({ turn }) => turns.push(turn.name) })
      expect(turns).toEqual([name])
    }
  })

  it('as it is does not count turned or cropped ones', async () => {
    const images = [slice(6), slice(6).resize(200, 200), slice(6).flop(), slice(6).extend({ top: 40 })].map((i) =>
      seen(i),
    )
    const pairs: number[][] = []
    await copiesAsIs(await Promise.all(images), { ...following, onPair: ({ a, b }) => pairs.push([a, b]) })
    expect(pairs).toEqual([[0, 1]])
  })
})

describe('other slices', () => {
  it('are not copies of one another', async () => {
    const images = await Promise.all(Array.from({ length: 40 }, (_, seed) => seen(slice(seed))))
    expect(await nearDuplicateGroups(images, following)).toEqual([...images.keys()])
  })

  it('of a chain share a group, although its ends are not alike', async () => {
    const chain = await Promise.all(Array.from({ length: 12 }, (_, step) => seen(slice(7, step * 1.5))))
    const ends = dot(chain[0]?.cropped as Float32Array, chain.at(-1)?.cropped as Float32Array)
    expect(ends).toBeLessThan(NEAR_COPY)
    expect(new Set(await nearDuplicateGroups(chain, following)).size).toBe(1)
  })
})

describe('the comparison', () => {
  it('finds what trying every pair in every turn finds', async () => {
    const thumbnails = makeThumbnails(90)
    const expected: string[] = []
    for (let a = 0; a < thumbnails.length; a++) {
      for (let b = a + 1; b < thumbnails.length; b++) {
        const best = Math.max(...TURNS.map(({ source }) => dot(at(thumbnails, a), turned(at(thumbnails, b), source))))
        if (best > 0.9) expected.push(`${a} ${b} ${best.toFixed(4)}`)
      }
    }
    const found: string[] = []
    await findSimilar(thumbnails, {
      above: 0.9,
      turns: TURNS,
      signal: following.signal,
      onProgress: () => undefined,
      onSimilar: ({ a, b, correlation }) => found.push(`${a} ${b} ${correlation.toFixed(4)}`),
    })
    expect(expected.length).toBeGreaterThan(25)
    expect(found).toEqual(expected)
  })

  it('rests on a signature that no turn changes and that is never farther apart than the images', () => {
    const thumbnails = makeThumbnails(60)
    for (const [index, thumbnail] of thumbnails.entries()) {
      const signature = turnlessSignature(thumbnail)
      for (const { source } of TURNS) {
        expect(distance(turnlessSignature(turned(thumbnail, source)), signature)).toBeLessThan(1e-5)
      }
      const other = at(thumbnails, (index + 1) % thumbnails.length)
      expect(distance(signature, turnlessSignature(other))).toBeLessThanOrEqual(distance(thumbnail, other) + 1e-6)
    }
  })

  it('can be cancelled', async () => {
    const abort = new AbortController()
    const found = findSimilar(makeThumbnails(1500), {
      above: -1,
      turns: TURNS,
      signal: abort.signal,
      onProgress: () => abort.abort(),
      onSimilar: () => undefined,
    })
    await expect(found).rejects.toMatchObject({ code: 'cancelled' })
  })
})

async function lossless(image: Sharp): Promise<Fingerprint> {
  return fingerprint(await decodeImage(await image.webp({ lossless: true }).toBuffer()))
}

/** Smooth random thumbnails, a third of them turned and disturbed copies of an earlier one. */
function makeThumbnails(count: number): Float32Array[] {
  const next = numbers(42)
  const made: Float32Array[] = []
  for (let i = 0; i < count; i++) {
    const waves = Array.from({ length: 4 }, () => [next() * 3, next() * 3, next() * 6, next()] as const)
    const source = TURNS[Math.floor(next() * 8)]?.source as Int32Array
    const values =
      i % 3 === 2 ? turned(at(made, i - 1 - Math.floor(next() * 2)), source) : new Float32Array(SIDE * SIDE)
    const strength = i % 3 === 2 ? 0.02 * next() : 1
    for (const k of values.keys()) {
      const [x, y] = [(k % SIDE) / SIDE, Math.floor(k / SIDE) / SIDE]
      for (const [u, v, phase, height] of waves) {
        values[k] = (values[k] as number) + strength * height * Math.sin(2 * Math.PI * (u * x + v * y) + phase)
      }
    }
    made.push(normalised(values))
  }
  return made
}

function normalised(values: Float32Array): Float32Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const norm = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0))
  return values.map((value) => (value - mean) / norm)
}

const at = (list: Float32Array[], index: number) => list[index] as Float32Array
const turned = (values: Float32Array, source: Int32Array) => Float32Array.from(source, (from) => values[from] as number)
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, k) => sum + value * (b[k] as number), 0)
const distance = (a: Float32Array, b: Float32Array) => Math.hypot(...a.map((value, k) => value - (b[k] as number)))
