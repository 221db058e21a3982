import { GyrusError } from '../../../shared/errors.ts'
import { copyOf, toValue } from './pixels.ts'
import { type Covered, coveredBy } from './stroke.ts'
import type { Apply, Picture } from './types.ts'

/** Sweeps over what is filled, and the most pixels that all of them look at: an eye sees no difference beyond. */
const SWEEPS = 80
const MOST = 2e7
/** Over-relaxation (Young 1954): fewer sweeps for the same smoothness. */
const OMEGA = 1.85

/**
 * Fills what a stroke covers from around it, without a seam: layer by layer from the edge on, then towards the membrane that
 * hangs from the edge (Laplace's equation).
 *
 * @throws GyrusError `what-if-empty` where nothing is around it
 */
export const erase: Apply<'erase'> = (picture, step, white) => {
  const covered = coveredBy(picture, step)
  if (!covered) return picture
  const made = copyOf(picture)
  for (let channel = 0; channel < picture.channels; channel++) fill(made, withMargin(picture, covered), channel, white)
  return made
}

/** One more pixel on each side where there is one, so that all that touches is in the part. */
function withMargin({ width, height }: Picture, { left, top, ...of }: Covered): Covered {
  const [x, y] = [Math.max(0, left - 1), Math.max(0, top - 1)]
  const part = { width: Math.min(width, left + of.width + 1) - x, height: Math.min(height, top + of.height + 1) - y }
  const mask = new Uint8Array(part.width * part.height)
  for (let row = 0; row < of.height; row++) {
    const from = of.mask.subarray(row * of.width, (row + 1) * of.width)
    mask.set(from, (row + top - y) * part.width + (left - x))
  }
  return { left: x, top: y, ...part, mask }
}

function fill(picture: Picture, { left, top, width, height, mask }: Covered, channel: number, white: number): void {
  const place = (i: number) =>
    ((top + Math.floor(i / width)) * picture.width + left + (i % width)) * picture.channels + channel
  const values = Float64Array.from(mask, (on, i) => (on ? 0 : (picture.data[place(i)] as number)))
  const order = fromTheEdge(values, mask, width, height)
  smooth(values, order, width, height)
  for (const i of order) picture.data[place(i)] = toValue(values[i] as number, white)
}

/** Gives each covered pixel the mean of its neighbours that are known. @returns them in the order in which they became known */
function fromTheEdge(values: Float64Array, mask: Uint8Array, width: number, height: number): number[] {
  const known = mask.map((on) => 1 - on)
  const covered = mask.reduce((sum, on) => sum + on, 0)
  const order: number[] = []
  let layer = [...mask.keys()].filter((i) => mask[i] === 1 && neighbours(i, width, height).some((n) => known[n]))
  if (layer.length === 0 && covered > 0) throw new GyrusError('what-if-empty')
  while (layer.length > 0) {
    for (const i of layer)
      values[i] = meanOf(
        neighbours(i, width, height).filter((n) => known[n] === 1),
        values,
      )
    for (const i of layer) known[i] = 1
    order.push(...layer)
    layer = [...new Set(layer.flatMap((i) => neighbours(i, width, height).filter((n) => known[n] === 0)))]
  }
  return order
}

const meanOf = (places: number[], values: Float64Array) =>
  places.reduce((sum, n) => sum + (values[n] as number), 0) / places.length

function smooth(values: Float64Array, order: number[], width: number, height: number): void {
  const around = order.map((i) => neighbours(i, width, height))
  const sweeps = Math.min(SWEEPS, Math.ceil(MOST / Math.max(1, order.length)))
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let k = 0; k < order.length; k++) {
      const near = around[k] as number[]
      let sum = 0
      for (const n of near) sum += values[n] as number
      const i = order[k] as number
      values[i] = (values[i] as number) + OMEGA * (sum / near.length - (values[i] as number))
    }
  }
}

/** Above, below, left and right, within the part. */
function neighbours(i: number, width: number, height: number): number[] {
  const [x, y] = [i % width, Math.floor(i / width)]
  const near: number[] = []
  if (x > 0) near.push(i - 1)
  if (x < width - 1) near.push(i + 1)
  if (y > 0) near.push(i - width)
  if (y < height - 1) near.push(i + width)
  return near
}
