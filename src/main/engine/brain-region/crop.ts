import type { Preprocessing } from '../../../shared/model.ts'
import type { Box, BrainRegion } from './types.ts'

/** Part of every version of preprocessing that crops to the brain: raised whenever a picture would give another region. */
export const BRAIN_REVISION = 1

/** The region's box with a margin on each side, a share of its longer side, as far as the picture goes. */
export function brainBox({ box, width, height }: Pick<BrainRegion, 'box' | 'width' | 'height'>, margin: number): Box {
  const around = Math.round(margin * Math.max(box.width, box.height))
  const [left, top] = [Math.max(0, box.left - around), Math.max(0, box.top - around)]
  return {
    left,
    top,
    width: Math.min(width, box.left + box.width + around) - left,
    height: Math.min(height, box.top + box.height + around) - top,
  }
}

/** Preprocessing as it is, but of the brain with a margin in place of the region that it has. */
export const croppedToBrain = (spec: Preprocessing, margin: number): Preprocessing => ({
  ...spec,
  version: `${spec.version}-brain${BRAIN_REVISION}-${margin}`,
  region: 'brain',
  margin,
})
