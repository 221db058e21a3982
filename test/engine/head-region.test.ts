import { describe, expect, it } from 'vitest'
import { findHead } from '../../src/main/engine/preprocess/head-region.ts'

const [WIDTH, HEIGHT] = [192, 96]

/** A plane whose values follow from the place, px. */
const plane = (value: (x: number, y: number) => number) => ({
  width: WIDTH,
  height: HEIGHT,
  data: Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => value(i % WIDTH, Math.floor(i / WIDTH))),
})

/** An oval about (120, 50), 80 px wide and 60 px high, with a dark hole in its middle. */
const inOval = (x: number, y: number) => ((x - 120) / 40) ** 2 + ((y - 50) / 30) ** 2 <= 1
const inHole = (x: number, y: number) => (x - 120) ** 2 + (y - 50) ** 2 <= 100

describe('the head of an image', () => {
  it('is the box of the largest bright region, whatever the brightness', () => {
    for (const [dark, bright] of [
      [0, 200],
      [30, 90],
    ] as const) {
      const { left, top, width, height } = findHead(plane((x, y) => (inOval(x, y) ? bright : dark)))
      // The grid is 2 px wide, and opening and smoothing may each cost a cell.
      expect(Math.abs(left - 80)).toBeLessThanOrEqual(4)
      expect(Math.abs(top - 20)).toBeLessThanOrEqual(4)
      expect(Math.abs(left + width - 160)).toBeLessThanOrEqual(4)
      expect(Math.abs(top + height - 80)).toBeLessThanOrEqual(4)
    }
  })

  it('has no holes, and leaves out thin lines and small letters', () => {
    const line = (x: number) => x < 2
    const letter = (x: number, y: number) => x > 10 && x < 14 && y > 10 && y < 14
    const { mask, left } = findHead(
      plane((x, y) => (line(x) || letter(x, y) || (inOval(x, y) && !inHole(x, y)) ? 200 : 0)),
    )
    const at = (x: number, y: number) => mask.inside[Math.floor(y / 2) * mask.width + Math.floor(x / 2)]
    expect(at(120, 50)).toBe(1)
    expect([at(0, 48), at(12, 12), at(60, 50)]).toEqual([0, 0, 0])
    expect(left).toBeGreaterThan(70)
  })

  it('is the whole image where nothing stands out', () => {
    const whole = { left: 0, top: 0, width: WIDTH, height: HEIGHT }
    expect(findHead(plane(() => 77))).toMatchObject(whole)
    expect(findHead(plane((x, y) => (x === 90 && y === 40 ? 255 : 0)))).toMatchObject(whole)
  })
})
