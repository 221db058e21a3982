import type { Types } from '@cornerstonejs/core'
import type { MouseRole } from '../../shared/keys.ts'
import { rangeOf } from './window-tool.ts'

/** Parts of the view's shorter side, or of the image's range, that a step takes. */
const SHARE = 1 / 40
const ZOOM = 1.1

type Step = (viewport: Types.IStackViewport, x: -1 | 0 | 1, y: -1 | 0 | 1) => void

/** What a press of a key does with a tool, to the right (`x`) and down (`y`): what a short drag that way would. */
export const STEPS: Partial<Record<MouseRole, Step>> = {
  window(viewport, x, y) {
    const { voiRange } = viewport.getProperties()
    if (!voiRange) return
    const step = rangeOf(viewport) * SHARE
    const width = Math.max(1, voiRange.upper - voiRange.lower + x * step)
    const level = (voiRange.upper + voiRange.lower) / 2 + y * step
    viewport.setProperties({ voiRange: { lower: level - width / 2, upper: level + width / 2 } })
  },
  pan(viewport, x, y) {
    const { clientWidth, clientHeight } = viewport.element
    const step = Math.min(clientWidth, clientHeight) * SHARE
    const [left, top] = viewport.getPan()
    viewport.setPan([left + x * step, top + y * step])
  },
  /** Up and to the right come nearer. */
  zoom(viewport, x, y) {
    viewport.setZoom(viewport.getZoom() * ZOOM ** (x - y))
  },
}
