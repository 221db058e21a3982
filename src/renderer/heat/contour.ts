/** A grid of values, row by row. */
export interface Grid {
  width: number
  height: number
  values: ArrayLike<number>
}
type Point = readonly [x: number, y: number]

/**
 * Where a grid crosses a level, by marching squares: pieces of line, in shares of the grid's width and height. Values stand in
 * the middle of their cell; outside the grid it is below any level, so that every outline is closed.
 */
export function contourOf({ width, height, values }: Grid, level: number): [Point, Point][] {
  const pieces: [Point, Point][] = []
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? -1 : (values[y * width + x] as number)
  for (let y = -1; y < height; y++)
    for (let x = -1; x < width; x++) {
      const corners = [at(x, y), at(x + 1, y), at(x + 1, y + 1), at(x, y + 1)] as const
      const above = corners.reduce((bits, value, i) => bits | (value >= level ? 1 << i : 0), 0)
      for (const [from, to] of SIDES[above] ?? []) pieces.push([crossing(from, corners), crossing(to, corners)])
      function crossing(side: number, four: readonly number[]): Point {
        const [first, second] = [four[side] as number, four[(side + 1) % 4] as number]
        const share = (level - first) / (second - first)
        const [fx, fy] = CORNERS[side] as Point
        const [tx, ty] = CORNERS[(side + 1) % 4] as Point
        const inside = (value: number) => Math.min(1, Math.max(0, value))
        return [inside((x + fx + share * (tx - fx) + 0.5) / width), inside((y + fy + share * (ty - fy) + 0.5) / height)]
      }
    }
  return pieces
}

/** From the left top clockwise; a side goes from its corner to the next. */
const CORNERS: readonly Point[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
]

/** Sides that a line joins, by which corners are at the level or above (1, 2, 4, 8). */
const SIDES: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  [
    [3, 0],
    [1, 2],
  ],
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[2, 0]],
  [
    [0, 1],
    [2, 3],
  ],
  [[2, 1]],
  [[1, 3]],
  [[1, 0]],
  [[0, 3]],
  [],
]
