import { describe, expect, it } from 'vitest'
import { brainRegion, type GreyPicture } from '../../../src/main/engine/brain-region/index.ts'

function picture(width: number, height: number, value: (x: number, y: number) => number): GreyPicture {
  const data = Uint8Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width)))
  return { width, height, data }
}

/** How far a place is from the middle of a picture, where 1 is the border of the head: an oval. */
const inHead = (size: number) => (x: number, y: number) =>
  Math.hypot((x + 0.5 - size / 2) / (0.38 * size), (y + 0.5 - size / 2) / (0.46 * size))

/** Scalp from 0.93 of the way on, bone from 0.84, brain inside. */
const head = (size: number, { scalp, bone, brain }: Record<'scalp' | 'bone' | 'brain', number>) => {
  const place = inHead(size)
  return picture(size, size, (x, y) => {
    const r = place(x, y)
    return r > 1 ? 0 : r > 0.93 ? scalp : r > 0.84 ? bone : brain
  })
}

/** Mulberry32. */
function noise(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

describe('the brain in a picture', () => {
  it.each([
    ['T1, bright fat', { scalp: 240, bone: 12, brain: 110 }],
    ['T2, grey scalp', { scalp: 90, bone: 10, brain: 150 }],
    ['a dark picture', { scalp: 60, bone: 3, brain: 25 }],
  ])('ends at the bone: %s', (_, greys) => {
    for (const size of [96, 256, 500]) {
      const region = brainRegion(head(size, greys))
      const place = inHead(size)
      const truth = picture(size, size, (x, y) => (place(x, y) <= 0.84 ? 1 : 0)).data
      expect(dice(region?.mask, truth)).toBeGreaterThan(0.96)
      expect(region?.area).toBe(region?.mask.reduce((sum, value) => sum + value, 0))
      const { left = 0, top = 0, width = 0, height = 0 } = region?.box ?? {}
      expect(Math.abs(width / size - 0.84 * 0.76)).toBeLessThan(0.04)
      expect(Math.abs(height / size - 0.84 * 0.92)).toBeLessThan(0.04)
      expect(Math.abs(left + width / 2 - size / 2)).toBeLessThan(0.02 * size)
      expect(Math.abs(top + height / 2 - size / 2)).toBeLessThan(0.02 * size)
    }
  })

  it('is the whole head where the skull was stripped before', () => {
    const place = inHead(256)
    const stripped = picture(256, 256, (x, y) => (place(x, y) <= 1 ? 120 + 40 * Math.sin(x / 9) : 0))
    const truth = stripped.data.map((value) => (value > 0 ? 1 : 0))
    expect(dice(brainRegion(stripped)?.mask, truth)).toBeGreaterThan(0.96)
  })

  it('holds a bright tumour that touches the bone', () => {
    const scan = head(256, { scalp: 240, bone: 12, brain: 110 })
    const place = inHead(256)
    const tumour = picture(256, 256, (x, y) => (Math.hypot(x - 190, y - 128) < 24 && place(x, y) < 0.84 ? 1 : 0)).data
    const region = brainRegion({ ...scan, data: scan.data.map((value, i) => (tumour[i] === 1 ? 255 : value)) })
    const held = tumour.reduce((sum, value, i) => sum + value * (region?.mask[i] ?? 0), 0)
    expect(held / tumour.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(0.98)
  })

  const random = noise(8)
  it.each<[string, GreyPicture]>([
    ['all black', picture(256, 256, () => 0)],
    ['all white', picture(256, 256, () => 255)],
    ['of one grey', picture(200, 300, () => 77)],
    ['black with one white pixel', picture(256, 256, (x, y) => (x === 90 && y === 40 ? 255 : 0))],
    ['of one pixel', picture(1, 1, () => 200)],
    ['one row', picture(400, 1, (x) => x % 256)],
    ['one column', picture(1, 400, (_, y) => y % 256)],
    ['noise', picture(256, 256, () => 256 * random())],
    ['dark noise', picture(128, 128, () => 20 * random())],
    ['a slope', picture(256, 256, (x) => x)],
    ['a chequerboard', picture(64, 64, (x, y) => (((x >> 3) + (y >> 3)) % 2 === 0 ? 0 : 255))],
    ['smaller than 32 px', head(31, { scalp: 240, bone: 12, brain: 110 })],
  ])('is not found in a picture that is %s', (_, nothing) => {
    expect(brainRegion(nothing)?.skull ?? null).toBeNull()
  })
})

function dice(mask: Uint8Array | undefined, truth: Uint8Array): number {
  let [both, sum] = [0, 0]
  truth.forEach((value, i) => {
    const own = mask?.[i] ?? 0
    both += own * value
    sum += own + value
  })
  return (2 * both) / sum
}
