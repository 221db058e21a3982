import type { Point } from './types.ts'

/** The pixels whose centres lie in a polygon, row by row (even–odd rule). */
export function fillPolygon(points: Point[], width: number, height: number): Uint8Array {
  const mask = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const crossings = crossingsOf(points, y + 0.5)
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil((crossings[i] as number) - 0.5))
      const to = Math.min(width, Math.ceil((crossings[i + 1] as number) - 0.5))
      if (to > from) mask.fill(1, y * width + from, y * width + to)
    }
  }
  return mask
}

/** Where the polygon's border crosses a row, from the left. */
function crossingsOf(points: Point[], row: number): number[] {
  const crossings: number[] = []
  let before = points.at(-1) as Point
  for (const point of points) {
    if (before.y > row !== point.y > row) {
      crossings.push(before.x + ((row - before.y) / (point.y - before.y)) * (point.x - before.x))
    }
    before = point
  }
  return crossings.sort((a, b) => a - b)
}
