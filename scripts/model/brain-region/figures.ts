import type { BrainRegion } from '../../../src/main/engine/brain-region/index.ts'
import type { Box } from '../../../src/main/engine/brain-region/types.ts'
import type { Boxed } from './data.ts'

export const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Twice the common area over the sum of both (L. R. Dice, Ecology 26, 1945); nothing found gives 0. */
export function diceOf(found: Pick<BrainRegion, 'mask'> | null, mask: Uint8Array): number {
  const { both, own, known } = areasOf(found, mask)
  return (2 * both) / (own + known)
}

/** Share of the known brain that was found, and of what was found that is brain. */
export function recallAndPrecision(found: Pick<BrainRegion, 'mask'> | null, mask: Uint8Array): [number, number] {
  const { both, own, known } = areasOf(found, mask)
  return [both / known, own === 0 ? 0 : both / own]
}

function areasOf(found: Pick<BrainRegion, 'mask'> | null, mask: Uint8Array) {
  let [both, own, known] = [0, 0, 0]
  for (let i = 0; i < mask.length; i++) {
    const [a, b] = [found?.mask[i] ?? 0, mask[i] as number]
    both += a * b
    own += a
    known += b
  }
  return { both, own, known }
}

/** Share of a tumour's box that lies in the region; where none is found nothing is cut away. */
export function boxInside(found: BrainRegion | null, { left, right, top, bottom }: Boxed['box']): number {
  if (!found) return 1
  let inside = 0
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) inside += found.mask[y * found.width + x] as number
  return inside / ((right - left) * (bottom - top))
}

/** Share of a tumour's box that lies in a rectangle. */
export function areaInside({ left, right, top, bottom }: Boxed['box'], crop: Box): number {
  const across = Math.max(0, Math.min(right, crop.left + crop.width) - Math.max(left, crop.left))
  const down = Math.max(0, Math.min(bottom, crop.top + crop.height) - Math.max(top, crop.top))
  return (across * down) / ((right - left) * (bottom - top))
}
