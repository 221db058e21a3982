import { headOnGrid } from '../preprocess/head-region.ts'
import type { Mask } from '../preprocess/mask.ts'
import { valueAt } from '../preprocess/order.ts'
import { type Centre, centreOf } from './centre.ts'
import { cheapestCircle } from './circle.ts'
import { fillPolygon } from './fill.ts'
import { convexHull } from './hull.ts'
import { angleOf, castRays, DIRECTIONS, STEPS, towardsNeck } from './rays.ts'
import { SETTINGS, type Settings } from './settings.ts'
import { skullCost } from './skull.ts'
import type { Box, BrainRegion, GreyPicture, Point } from './types.ts'

export type { BrainRegion, GreyPicture } from './types.ts'

/** Longer side of the grid on which it is looked for, px. */
const GRID = 128
/** Pictures with a shorter side are not looked at, px. */
const SMALLEST_SIDE = 32
/** A smaller share of the picture is not taken for a brain. */
const SMALLEST = 0.02
/** A head that meets more of the picture's border than this has to have a skull: else it is no head but all there is. */
const MOST_BORDER = 0.5
/** Bone is seen from this plainness on. */
const PLAIN = 0.3
/** Less of a region than this is head where nothing but scattered dots stands out. */
const SOLID = 0.75
/** Of the largest circle in the head: what lies within this share of it is tissue. */
const MIDDLE = 0.6

/**
 * The brain in one slice of a head: the head is what is bright; the skull is looked for along rays from its middle, as
 * the cheapest closed way along what is dark with tissue on its inner and scalp on its outer side. The region is
 * star-shaped and holds what lies between: vessels, fluid, tumours. Below the brain of a picture with a neck, where no bone
 * closes the way, it ends roughly. A head without bone around it (stripped already) is brain as a whole.
 *
 * Takes time in proportion to the pixels; deterministic.
 *
 * @returns null for pictures with a side under 32 px, where nothing stands out from the background (empty, constant,
 *   single bright pixels) or only scattered dots do, and where what stands out fills the picture without a skull in it
 *   (noise, photographs)
 */
export function brainRegion(picture: GreyPicture, settings = SETTINGS): BrainRegion | null {
  const { width, height } = picture
  if (Math.min(width, height) < SMALLEST_SIDE) return null
  const { mask: head, values, black } = headOnGrid(picture, GRID)
  const centre = centreOf(head)
  if (!centre) return null
  const middle = quantileWithin(values, head, centre, settings.middle) - black
  if (middle <= 0) return null
  const above = values.map((value) => Math.max(0, value - black))
  const { radii, skull } = findSkull(above, head, centre, middle, settings)
  if (skull < PLAIN && borderMet(head) > MOST_BORDER) return null
  const hull = convexHull(Array.from(radii, (r, d): Point => pointAt(centre, r, d)))
  if (shareInside(head, hull) < SOLID) return null
  const outline = hull.map(({ x, y }) => ({
    x: within((x * width) / head.width, width),
    y: within((y * height) / head.height, height),
  }))
  const region = regionOf({ outline, skull }, { width, height })
  return region.area < SMALLEST * region.mask.length ? null : region
}

/** The region on a picture of another size. */
export const scaledTo = ({ outline, skull, ...from }: BrainRegion, to: Size): BrainRegion => {
  const [across, down] = [to.width / from.width, to.height / from.height]
  return regionOf({ skull, outline: outline.map(({ x, y }) => ({ x: x * across, y: y * down })) }, to)
}

type Size = Pick<GreyPicture, 'width' | 'height'>

function regionOf(found: Pick<BrainRegion, 'outline' | 'skull'>, { width, height }: Size): BrainRegion {
  const mask = fillPolygon(found.outline, width, height)
  const { area, ...box } = boundsOf(mask, width, height)
  return { mask, width, height, box, area, ...found }
}

/** Px of the grid from its corner; the middle of the first cell lies half a px from there. */
const pointAt = ({ x, y }: Centre, r: number, direction: number): Point => ({
  x: x + r * Math.cos(angleOf(direction)) + 0.5,
  y: y + r * Math.sin(angleOf(direction)) + 0.5,
})

/** How much of what a polygon holds is head. */
function shareInside({ width, height, inside }: Mask, polygon: Point[]): number {
  const filled = fillPolygon(polygon, width, height)
  let [held, all] = [0, 0]
  for (let i = 0; i < filled.length; i++) {
    all += filled[i] as number
    held += (filled[i] as number) * (inside[i] as number)
  }
  return held / all
}

const within = (value: number, most: number) => Math.min(most, Math.max(0, value))

/** How far the brain reaches in each direction, px of the grid. */
function findSkull(values: Float32Array, head: Mask, centre: Centre, middle: number, settings: Settings) {
  const rays = castRays(values, head, centre, settings.down)
  const { edge, cost } = skullCost(rays, centre, middle, settings)
  const way = cheapestCircle(cost, DIRECTIONS, STEPS, settings.bend)
  const seen: number[] = []
  way.forEach((s, d) => {
    if (!centre.neck || !towardsNeck(d)) seen.push(edge[d * STEPS + s] as number)
  })
  const radii = Float32Array.from(way, (s, d) => ((s + 1.5) / STEPS) * (rays.lengths[d] as number))
  return { radii, skull: seen.reduce((sum, value) => sum + value, 0) / seen.length }
}

function quantileWithin(values: Float32Array, { width, height }: Mask, centre: Centre, share: number): number {
  const reach = MIDDLE * centre.radius
  const found = new Float32Array(values.length)
  let n = 0
  for (let y = Math.max(0, Math.ceil(centre.y - reach)); y <= Math.min(height - 1, centre.y + reach); y++) {
    const half = Math.sqrt(Math.max(0, reach ** 2 - (y - centre.y) ** 2))
    for (let x = Math.max(0, Math.ceil(centre.x - half)); x <= Math.min(width - 1, centre.x + half); x++) {
      found[n++] = values[y * width + x] as number
    }
  }
  return n === 0 ? 0 : valueAt(found.subarray(0, n), Math.floor(share * n))
}

/** Share of the cells along the picture's border that lie in the head. */
function borderMet({ width, height, inside }: Mask): number {
  let [met, all] = [0, 0]
  for (let i = 0; i < inside.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)]
    if (x > 0 && y > 0 && x < width - 1 && y < height - 1) continue
    met += inside[i] as number
    all += 1
  }
  return met / all
}

function boundsOf(mask: Uint8Array, width: number, height: number): Box & { area: number } {
  let [left, top, right, bottom, area] = [width, height, -1, -1, 0]
  for (let y = 0; y < height; y++) {
    const row = mask.subarray(y * width, (y + 1) * width)
    const first = row.indexOf(1)
    if (first < 0) continue
    left = Math.min(left, first)
    right = Math.max(right, row.lastIndexOf(1))
    top = Math.min(top, y)
    bottom = y
    for (let x = first; x < width; x++) area += row[x] as number
  }
  return { left, top, width: right + 1 - left, height: bottom + 1 - top, area }
}
