import type { Centre } from './centre.ts'
import { DIRECTIONS, type Rays, STEPS, towardsNeck } from './rays.ts'
import type { Settings } from './settings.ts'

/** Steps within which tissue is looked at on the inner side of a border, and bone on its outer side. */
const WITHIN = 4
const BEYOND = 6
/** The brain is at least this share of a ray. */
const LEAST = 0.35
/** More than any way around could cost. */
const NEVER = 1e6

/**
 * What it costs to have the brain end at each step of each ray: little where tissue lies inside, something dark (bone, or
 * the fluid before it) outside, and scalp beyond that; little, too, near the head's border, so that edges inside the brain
 * do not win and a head without a scalp is brain as a whole. Towards a neck there is no scalp.
 *
 * @param middle what the middle of the head is like, above the background
 * @returns `edge`, 0–1: how plain the border is there; `cost`, for `cheapestCircle`
 */
export function skullCost(
  { values }: Rays,
  { neck }: Centre,
  middle: number,
  { bone, tissue, rise, inward }: Settings,
): { edge: Float32Array; cost: Float32Array } {
  const edge = new Float32Array(values.length)
  const cost = new Float32Array(values.length).fill(NEVER)
  const brightest = new Float32Array(STEPS + 1)
  for (let d = 0; d < DIRECTIONS; d++) {
    const ray = values.subarray(d * STEPS, (d + 1) * STEPS)
    const down = neck && towardsNeck(d)
    // Of each step and all beyond it.
    for (let s = STEPS - 1; s >= 0; s--) brightest[s] = Math.max(brightest[s + 1] as number, ray[s] as number)
    for (let s = Math.round(LEAST * STEPS); s < STEPS; s++) {
      const { inner, outer, darkest } = around(ray, s)
      const dark = share(bone[1] - outer / middle, bone[1] - bone[0])
      const bright = share(inner / middle, tissue)
      const scalp = down ? 1 : share(((brightest[darkest] as number) - outer) / middle, rise)
      const plain = dark * bright * scalp
      edge[d * STEPS + s] = plain
      cost[d * STEPS + s] = 1 - plain + inward * (1 - s / STEPS)
    }
  }
  return { edge, cost }
}

/** The mean of the steps up to this one, the darkest value of the steps after it, and where that is. */
function around(ray: Float32Array, s: number): { inner: number; outer: number; darkest: number } {
  let [inner, outer, darkest] = [0, ray[s] as number, s]
  for (let k = 0; k < WITHIN; k++) inner += ray[s - k] as number
  for (let k = s + 1; k <= Math.min(s + BEYOND, STEPS - 1); k++) {
    if ((ray[k] as number) >= outer) continue
    outer = ray[k] as number
    darkest = k
  }
  return { inner: inner / WITHIN, outer, darkest }
}

/** 0–1. */
const share = (value: number, of: number): number => Math.max(0, Math.min(1, value / of))
