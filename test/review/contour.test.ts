import { expect, it } from 'vitest'
import { contourOf } from '../../src/renderer/heat/contour.ts'

type Point = readonly [number, number]

/** A grid of a function of the place in shares. */
function grid(width: number, height: number, of: (x: number, y: number) => number) {
  const values = Float64Array.from({ length: width * height }, (_, i) =>
    of(((i % width) + 0.5) / width, (Math.floor(i / width) + 0.5) / height),
  )
  return { width, height, values }
}

/** Every end of a piece is the end of another one. */
function isClosed(pieces: [Point, Point][]): boolean {
  const ends = Map.groupBy(pieces.flat(), ([x, y]) => `${x.toFixed(9)} ${y.toFixed(9)}`)
  return [...ends.values()].every((same) => same.length % 2 === 0)
}

it('goes round what is at the level or above, where a straight line between the values crosses it', () => {
  const pieces = contourOf(
    grid(40, 60, (x, y) => Math.max(0, 1 - Math.hypot(x - 0.4, y - 0.6) / 0.3)),
    0.5,
  )
  expect(pieces.length).toBeGreaterThan(20)
  expect(isClosed(pieces)).toBe(true)
  for (const [x, y] of pieces.flat()) expect(Math.hypot(x - 0.4, y - 0.6)).toBeCloseTo(0.15, 2)
})

it('is closed along the edge of the image, and has both parts of a saddle', () => {
  const edge = contourOf(
    grid(20, 20, (x) => (x > 0.7 ? 1 : 0)),
    0.5,
  )
  expect(isClosed(edge)).toBe(true)
  expect(Math.max(...edge.flat().map(([x]) => x))).toBeGreaterThan(0.95)
  const saddle = contourOf(
    grid(10, 10, (x, y) => (x < 0.5 === y < 0.5 ? 1 : 0)),
    0.5,
  )
  expect(isClosed(saddle)).toBe(true)
})

it('is nothing where nothing reaches the level, or where there are no pixels to speak of', () => {
  expect(
    contourOf(
      grid(5, 5, () => 0.2),
      0.5,
    ),
  ).toEqual([])
  expect(
    isClosed(
      contourOf(
        grid(1, 1, () => 1),
        0.5,
      ),
    ),
  ).toBe(true)
})
