import type { StepOf } from '../../../shared/what-if.ts'
import type { Picture } from './types.ts'

/** Which pixels of a part of the picture a stroke covers. */
export interface Covered {
  left: number
  top: number
  width: number
  height: number
  /** Row by row, 1 where it does. */
  mask: Uint8Array
}

/** Pixels whose centres are no further than the radius from the line through the points; null where none is. */
export function coveredBy(
  { width, height }: Picture,
  { points, radius }: Pick<StepOf<'erase'>, 'points' | 'radius'>,
): Covered | null {
  const box = boxOf(points, radius)
  const [left, top] = [Math.max(0, box.left), Math.max(0, box.top)]
  const covered = { left, top, width: Math.min(width, box.right) - left, height: Math.min(height, box.bottom) - top }
  if (covered.width <= 0 || covered.height <= 0) return null
  const mask = new Uint8Array(covered.width * covered.height)
  const ends = points.length === 1 ? [points[0]] : points.slice(1)
  ends.forEach((end, i) => {
    cover({ ...covered, mask }, points[i] as Point, end as Point, radius)
  })
  return mask.includes(1) ? { ...covered, mask } : null
}

type Point = [number, number]

const boxOf = (points: Point[], radius: number) => {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  for (const [x, y] of points) {
    box.left = Math.min(box.left, Math.floor(x - radius))
    box.top = Math.min(box.top, Math.floor(y - radius))
    box.right = Math.max(box.right, Math.ceil(x + radius) + 1)
    box.bottom = Math.max(box.bottom, Math.ceil(y + radius) + 1)
  }
  return box
}

/** Marks what is near one straight part of the line, row by row: of what is convex a row has one piece. */
function cover({ left, top, width, height, mask }: Covered, from: Point, to: Point, radius: number): void {
  const box = boxOf([from, to], radius)
  for (let y = Math.max(top, box.top); y < Math.min(top + height, box.bottom); y++) {
    // Centres of pixels lie at halves.
    const [first, last] = hull(
      roundEnd(from, radius, y + 0.5),
      roundEnd(to, radius, y + 0.5),
      between(from, to, radius, y + 0.5),
    )
    const [start, end] = [Math.max(left, Math.ceil(first - 0.5)), Math.min(left + width - 1, Math.floor(last - 0.5))]
    if (end >= start) mask.fill(1, (y - top) * width + start - left, (y - top) * width + end - left + 1)
  }
}

type Piece = [number, number]
const NOTHING: Piece = [Infinity, -Infinity]

const hull = (a: Piece, b: Piece, c: Piece): Piece => [Math.min(a[0], b[0], c[0]), Math.max(a[1], b[1], c[1])]

function roundEnd([cx, cy]: Point, radius: number, y: number): Piece {
  const half = Math.sqrt(radius * radius - (y - cy) ** 2)
  return Number.isNaN(half) ? NOTHING : [cx - half, cx + half]
}

/** Of the band beside the straight part, without its round ends. */
function between(from: Point, to: Point, radius: number, y: number): Piece {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const length = Math.hypot(dx, dy)
  if (length === 0) return NOTHING
  const [ux, uy] = [dx / length, dy / length]
  const along = where(ux, (y - from[1]) * uy - from[0] * ux, 0, length)
  const across = where(uy, -(y - from[1]) * ux - from[0] * uy, -radius, radius)
  const [first, last] = [Math.max(along[0], across[0]), Math.min(along[1], across[1])]
  return last >= first ? [first, last] : NOTHING
}

/** Where slope · x + offset lies within the two. */
function where(slope: number, offset: number, least: number, most: number): Piece {
  if (slope === 0) return offset >= least && offset <= most ? [-Infinity, Infinity] : NOTHING
  const [one, other] = [(least - offset) / slope, (most - offset) / slope]
  return one < other ? [one, other] : [other, one]
}
