import { describe, expect, it } from 'vitest'
import { fitInputGate, type OwnImage } from '../../../src/main/engine/input-gate/fit.ts'
import { transform } from '../../../src/main/engine/input-gate/fourier.ts'
import { unpackOutlines } from '../../../src/main/engine/input-gate/load.ts'
import { lookAt } from '../../../src/main/engine/input-gate/look.ts'
import { nearestOutline, outlineOf } from '../../../src/main/engine/input-gate/outline.ts'
import { findHead } from '../../../src/main/engine/preprocess/head-region.ts'
import type { DecodedImage } from '../../../src/main/engine/types.ts'
import { OUTLINE_SIDE } from '../../../src/shared/input-gate-file.ts'
import { random } from '../../../src/shared/random.ts'

const SIDE = 200

/** A picture by the value at each place. */
function pictureOf(valueAt: (x: number, y: number) => number, side = SIDE) {
  const data = Uint8Array.from({ length: side * side }, (_, i) => valueAt(i % side, Math.floor(i / side)))
  const image: DecodedImage = { width: side, height: side, channels: 1, data, format: 'png' }
  return { image, grey: image, region: findHead(image) }
}

/** A soft disc, as a head is. */
const disc = (x: number, y: number, radius = 70) =>
  Math.hypot(x - SIDE / 2, y - SIDE / 2) < radius ? 120 + ((x * 7 + y * 13) % 40) : 0

describe('what is measured of a picture', () => {
  it('is nothing of note for a disc on black', () => {
    const look = lookAt(pictureOf((x, y) => disc(x, y)))
    expect(look).toMatchObject({ width: SIDE, height: SIDE, coloured: 0, cut: 0, marks: 0 })
    expect(look.varied).toBeCloseTo((Math.PI * 70 ** 2) / SIDE ** 2, 1)
    expect(look.clipped).toBeLessThan(0.1)
  })

  it('is the share of the border that the head lies on', () => {
    const half = lookAt(pictureOf((x, y) => (y < SIDE / 2 ? 100 + (x % 9) : 0)))
    expect(half.cut).toBeCloseTo(0.5, 1)
  })

  it('is the share of what is bright and thin beside the head', () => {
    const marked = lookAt(pictureOf((x, y) => (x === 10 && y > 5 && y < 35 ? 255 : disc(x, y, 50))))
    expect(marked.marks).toBeCloseTo(29 / SIDE ** 2, 6)
    expect(lookAt(pictureOf((x, y) => (x < 20 && y < 20 ? 255 : disc(x, y, 50)))).marks).toBe(0)
  })

  it('is the share of the head that is plain', () => {
    expect(lookAt(pictureOf((x, y) => (disc(x, y) > 0 ? 255 : 0))).clipped).toBeGreaterThan(0.9)
  })

  it('is the share of coloured pixels, without what compression does to greys', () => {
    const rgb = (shift: number): DecodedImage => ({
      ...{ width: 2, height: 2, channels: 3, format: 'jpeg' },
      data: Uint8Array.from([100, 100, 100 + shift, 100, 100, 100, 100, 100, 100, 100, 100, 100]),
    })
    const { grey, region } = pictureOf(() => 0)
    expect(lookAt({ image: rgb(60), grey, region }).coloured).toBe(0.25)
    expect(lookAt({ image: rgb(20), grey, region }).coloured).toBe(0)
  })

  it('is the regular pattern of a screen, which noise and a disc have not', () => {
    const draw = random(3)
    const plain = (x: number, y: number) => (disc(x, y) > 0 ? 120 : 20) + 20 * draw()
    const noise = lookAt(pictureOf(plain)).pattern
    const screen = lookAt(pictureOf((x, y) => plain(x, y) + 12 * Math.sin(1.9 * x + 0.6 * y))).pattern
    expect(noise).toBeLessThan(1.3)
    expect(screen).toBeGreaterThan(1.6)
    expect(lookAt(pictureOf((x, y) => x + y, 100)).pattern).toBe(0)
  })
})

describe('the Fourier transform', () => {
  it('is that of the definition', () => {
    const draw = random(5)
    const values = Float64Array.from({ length: 16 }, () => draw() - 0.5)
    const [re, im] = [values.slice(), new Float64Array(16)]
    transform(re, im)
    for (let k = 0; k < 16; k++) {
      const of = (wave: (angle: number) => number) =>
        values.reduce((sum, value, n) => sum + value * wave((-2 * Math.PI * k * n) / 16), 0)
      expect(re[k]).toBeCloseTo(of(Math.cos), 10)
      expect(im[k]).toBeCloseTo(of(Math.sin), 10)
    }
  })
})

describe('an outline', () => {
  const plane = (valueAt: (x: number, y: number) => number, size = 48) =>
    Float32Array.from({ length: size * size }, (_, i) => valueAt(i % size, Math.floor(i / size)))

  it('does not know brightness and contrast', () => {
    const one = outlineOf([plane((x, y) => x + y)], 48)
    const other = outlineOf([plane((x, y) => 30 + 2 * (x + y))], 48)
    expect(one).toHaveLength(OUTLINE_SIDE ** 2)
    for (const [i, value] of one.entries()) expect(other[i]).toBeCloseTo(value, 4)
  })

  it('of a plain picture is nothing, and of a size that cells do not divide is whole', () => {
    expect([...outlineOf([plane(() => 7)], 48)]).toEqual(new Array(OUTLINE_SIDE ** 2).fill(0))
    expect(outlineOf([plane((x) => x, 50)], 50).every(Number.isFinite)).toBe(true)
  })

  it('is as far as its nearest', () => {
    const [a, b] = [new Float32Array(OUTLINE_SIDE ** 2).fill(1), new Float32Array(OUTLINE_SIDE ** 2).fill(3)]
    expect(nearestOutline(new Float32Array(OUTLINE_SIDE ** 2).fill(2.5), Float32Array.from([...a, ...b]))).toBeCloseTo(
      Math.sqrt(OUTLINE_SIDE ** 2 * 0.25),
      5,
    )
  })
})

describe('limits by a model’s own images', () => {
  const own = (i: number, noise = i): OwnImage => ({
    look: { ...{ width: 256, height: 256, coloured: 0, varied: 1 }, ...{ clipped: 0, cut: 0, marks: 0, pattern: 1 } },
    statistics: { brightness: 80, contrast: 50, sharpness: 3 - i / 1000, noise, head: 1 },
    outline: new Float32Array(OUTLINE_SIDE ** 2).fill(i % 2),
  })
  const training = Array.from({ length: 201 }, (_, i) => own(i))
  const distances = Array.from({ length: 101 }, (_, i) => i / 100)

  it('are quantiles of those apart, and twice what is usual in training', () => {
    const made = fitInputGate(
      training,
      distances.map((_, i) => own(i)),
      distances,
    )
    expect(made?.limits.distance).toEqual({ borderline: expect.closeTo(0.95, 9), outside: expect.closeTo(0.99, 9) })
    expect(made?.limits.noise).toEqual({ borderline: 199, outside: 298 })
    expect(made?.limits.sharpness).toEqual({ borderline: expect.closeTo(2.801, 9), outside: expect.closeTo(2.702, 9) })
    expect(made?.limits.shape).toEqual({ borderline: 0, outside: 0 })
    expect([...unpackOutlines(made?.outlines as { n: number; values: string })].slice(143, 145)).toEqual([0, 1])
  })

  it('are none where too few are apart', () => {
    expect(fitInputGate(training, training.slice(0, 49), distances.slice(0, 49))).toBeNull()
  })
})
