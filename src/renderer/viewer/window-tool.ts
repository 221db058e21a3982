import type { Types } from '@cornerstonejs/core'
import { WindowLevelTool } from '@cornerstonejs/tools'

/**
 * Window and level by dragging, at the pace of the image's own values: across the shorter side of the view lies the whole
 * range from its darkest to its brightest pixel, whatever its bits. Cornerstone's own pace suits CT, and is slow here.
 */
export class RangeWindowTool extends WindowLevelTool {
  /** Stored values for one px of the screen (CSS). */
  override _getMultiplierFromDynamicRange(viewport: Types.IStackViewport): number {
    const { clientWidth, clientHeight } = viewport.element
    return rangeOf(viewport) / Math.max(1, Math.min(clientWidth, clientHeight))
  }
}

/** From the darkest to the brightest pixel of the image, stored values; at least 1. */
export function rangeOf(viewport: Types.IStackViewport): number {
  const { minPixelValue, maxPixelValue } = viewport.getCornerstoneImage()
  return Math.max(1, maxPixelValue - minPixelValue)
}
