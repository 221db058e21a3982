import type { Types } from '@cornerstonejs/core'
import type { StackWindow } from '../../shared/series.ts'
import type { headerOfImage } from './images.ts'
import { measured, type Scale, stored } from './window-scale.ts'

/** How a stack is looked at. */
export interface View {
  presentation: Types.ViewPresentation
  flips: { flipHorizontal: boolean; flipVertical: boolean }
  /** In measured values: those that are stored may differ from slice to slice. */
  window: Types.VOIRange | undefined
  invert: boolean
}

type Header = NonNullable<ReturnType<typeof headerOfImage>>

/** @param scale that of the image on the screen */
export function viewOf(viewport: Types.IStackViewport, scale: Scale): View {
  const { voiRange, invert } = viewport.getProperties()
  const { flipHorizontal = false, flipVertical = false } = viewport.getCamera()
  const window = voiRange && measured(voiRange, scale)
  const flips = { flipHorizontal, flipVertical }
  return { presentation: viewport.getViewPresentation(), flips, window, invert: invert ?? false }
}

export function putView(viewport: Types.IStackViewport, view: View, scale: Scale): void {
  const { presentation, flips, window, invert } = view
  const voiRange = window && stored(window, scale)
  // The presentation leaves out flips that are off.
  viewport.setCamera(flips)
  viewport.setViewPresentation(presentation)
  viewport.setProperties({ ...(voiRange && { voiRange }), invert })
}

/** The same window on what was measured, whatever the values are in which the slice is stored. */
export function keepWindow(viewport: Types.IStackViewport, { window }: View, scale: Scale): void {
  if (!window) return
  const { lower, upper } = stored(window, scale)
  const now = viewport.getProperties().voiRange
  if (now?.lower !== lower || now.upper !== upper) viewport.setProperties({ voiRange: { lower, upper } })
}

/**
 * The image as it comes: whole, upright, in the window of its stack (measured values), or else in the one that came with it. The
 * window is returned in stored values.
 */
export function putFresh(
  viewport: Types.IStackViewport,
  { window: own, scale }: Header,
  ofStack: StackWindow | null,
): Types.VOIRange {
  viewport.setCamera({ flipHorizontal: false, flipVertical: false })
  viewport.setViewPresentation({ rotation: 0 })
  viewport.resetCamera()
  const { lower, upper } = ofStack
    ? stored({ lower: ofStack.low, upper: ofStack.high }, scale)
    : { lower: own.low, upper: own.high }
  const voiRange = { lower, upper: Math.max(upper, lower + 1) }
  viewport.setProperties({ voiRange, invert: false })
  return voiRange
}

/** Screen px (CSS) for one image px, in percent. */
export function zoomOf(viewport: Types.IStackViewport): number {
  const [ax, ay] = viewport.worldToCanvas([0, 0, 0])
  const [bx, by] = viewport.worldToCanvas([1, 0, 0])
  return 100 * Math.hypot(bx - ax, by - ay)
}

/** The six numbers of a CSS `matrix()`. */
export type Matrix = [a: number, b: number, c: number, d: number, e: number, f: number]

/** Where the image lies on the screen: turns shares of its width and height into px (CSS) from the left top of the view. */
export function placementOf(viewport: Types.IStackViewport, { width, height, aspect }: Header): Matrix {
  // The plane begins in the middle of the first pixel.
  const at = (x: number, y: number) => viewport.worldToCanvas([x * width - 0.5, (y * height - 0.5) * aspect, 0])
  const [[e, f], across, down] = [at(0, 0), at(1, 0), at(0, 1)]
  return [across[0] - e, across[1] - f, down[0] - e, down[1] - f, e, f]
}
