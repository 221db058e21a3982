import type { Mask } from '../preprocess/mask.ts'
import type { Centre } from './centre.ts'

/** Directions that are looked into. */
export const DIRECTIONS = 128
/** Steps from the centre to the head's border. */
export const STEPS = 64
/** Directions on each side over which the head's border is evened out: ears and noses are not followed. */
const EVEN = 5
/** Half of the angle that counts as towards the neck. */
const DOWNWARDS = (65 / 180) * Math.PI

/** What a picture is like along rays from the centre to the head's border, `STEPS` values a direction. */
export interface Rays {
  values: Float32Array
  /** How long each ray is, px of the grid. */
  lengths: Float32Array
}

/**
 * @param values of the grid, row-major
 * @param down how far a ray towards a neck goes, in the radius of the largest circle in the head
 */
export function castRays(values: Float32Array, head: Mask, centre: Centre, down: number): Rays {
  const { width, height } = head
  const lengths = lengthsOf(head, centre, down)
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
function lengthsOf(head: Mask, centre: Centre, down: number): Float32Array {
  const raw = Array.from({ length: DIRECTIONS }, (_, d) => {
    const length = reach(head, centre, angleOf(d))
    return centre.neck && towardsNeck(d) ? Math.min(length, down * centre.radius) : length
  })
  const around = new Float32Array(2 * EVEN + 1)
  return Float32Array.from(raw, (own, d) => {
    for (let k = 0; k < around.length; k++) around[k] = raw[(d + k - EVEN + DIRECTIONS) % DIRECTIONS] as number
    return Math.min(own, around.sort()[EVEN] as number)
  })
}

/** From the border inwards, since that is the shorter way. */
function reach({ width, height, inside }: Mask, { x, y }: Centre, angle: number): number {
  const dx = Math.cos(angle)
  const dy = Math.sin(angle)
  const across = dx > 0 ? (width - 1 - x) / dx : dx < 0 ? -x / dx : Number.POSITIVE_INFINITY
  const down = dy > 0 ? (height - 1 - y) / dy : dy < 0 ? -y / dy : Number.POSITIVE_INFINITY
  for (let r = Math.min(across, down); r > 1; r -= 0.5) {
    if (inside[Math.round(y + r * dy) * width + Math.round(x + r * dx)] === 1) return r
  }
  return 1
}

/** Bilinear. */
function between(values: Float32Array, width: number, height: number, x: number, y: number): number {
  const x0 = Math.floor(x)
  const y0 = Math.floor(y)
  const right = x0 + 1 < width ? 1 : 0
  const below = y0 + 1 < height ? width : 0
  const fx = x - x0
  const fy = y - y0
  const at = y0 * width + x0
  const above = (values[at] as number) * (1 - fx) + (values[at + right] as number) * fx
  const beneath = (values[at + below] as number) * (1 - fx) + (values[at + below + right] as number) * fx
  return above * (1 - fy) + beneath * fy
}
