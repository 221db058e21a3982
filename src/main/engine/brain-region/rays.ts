import type { Mask } from '../preprocess/mask.ts'
import type { Centre } from './centre.ts'

/** Directions that are looked into. */
export const DIRECTIONS = 128
/** Steps from the centre to the head's border. */
export const STEPS = 64
/** Directions on each side over which the head's border is evened out: ears and noses are not followed. */
const EVEN = 5
/** How far a ray towards a neck goes, in the radius of the largest circle in the head. */
const DOWN = 1.1
/** Half of the angle that counts as towards the neck. */
const DOWNWARDS = (65 / 180) * Math.PI

/** What a picture is like along rays from the centre to the head's border, `STEPS` values a direction. */
export interface Rays {
  values: Float32Array
  /** How long each ray is, px of the grid. */
  lengths: Float32Array
}

/** @param values of the grid, row-major */
export function castRays(values: Float32Array, head: Mask, centre: Centre): Rays {
  const { width, height } = head
  const lengths = lengthsOf(head, centre)
  const along = new Float32Array(DIRECTIONS * STEPS)
  for (let d = 0, at = 0; d < DIRECTIONS; d++) {
    const step = (lengths[d] as number) / STEPS
    const [dx, dy] = [Math.cos(angleOf(d)) * step, Math.sin(angleOf(d)) * step]
    for (let s = 1; s <= STEPS; s++, at++) {
      const x = Math.min(width - 1, Math.max(0, centre.x + s * dx))
      const y = Math.min(height - 1, Math.max(0, centre.y + s * dy))
      along[at] = between(values, width, height, x, y)
    }
  }
  return { values: along, lengths }
}

/** Of a direction: 0 to the right, clockwise on the screen. */
export const angleOf = (direction: number): number => (2 * Math.PI * direction) / DIRECTIONS

/** Down is a quarter turn clockwise from the right. */
export const towardsNeck = (direction: number): boolean => Math.abs(angleOf(direction) - Math.PI / 2) < DOWNWARDS

/** To the last point of the head in each direction, evened out by the median of the directions around. */
function lengthsOf(head: Mask, centre: Centre): Float32Array {
  const raw = Array.from({ length: DIRECTIONS }, (_, d) => {
    const length = reach(head, centre, angleOf(d))
    return centre.neck && towardsNeck(d) ? Math.min(length, DOWN * centre.radius) : length
  })
  return Float32Array.from(raw, (own, d) => {
    const around = Array.from(
      { length: 2 * EVEN + 1 },
      (_, k) => raw[(d + k - EVEN + DIRECTIONS) % DIRECTIONS] as number,
    )
    return Math.min(own, around.sort((a, b) => a - b)[EVEN] as number)
  })
}

function reach({ width, height, inside }: Mask, { x, y }: Centre, angle: number): number {
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)]
  let last = 1
  for (let r = 1; ; r += 0.5) {
    const [px, py] = [Math.round(x + r * dx), Math.round(y + r * dy)]
    if (px < 0 || py < 0 || px >= width || py >= height) return last
    if (inside[py * width + px] === 1) last = r
  }
}

/** Bilinear. */
function between(values: Float32Array, width: number, height: number, x: number, y: number): number {
  const [x0, y0] = [Math.floor(x), Math.floor(y)]
  const [x1, y1] = [Math.min(width - 1, x0 + 1), Math.min(height - 1, y0 + 1)]
  const [fx, fy] = [x - x0, y - y0]
  const at = (px: number, py: number) => values[py * width + px] as number
  const above = at(x0, y0) * (1 - fx) + at(x1, y0) * fx
  return above * (1 - fy) + (at(x0, y1) * (1 - fx) + at(x1, y1) * fx) * fy
}
