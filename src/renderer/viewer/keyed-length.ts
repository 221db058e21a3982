import type { Types } from '@cornerstonejs/core'
import { annotation, type Types as ToolTypes } from '@cornerstonejs/tools'
import { InsideLengthTool, pullIn, type Size } from './length-tool.ts'
import { isSelected, lengthsOn, type Place, placesOn } from './lengths.ts'

/** Steps that come quicker than a finger presses are those of a key that is held down: they go further. */
const HELD_MS = 60
const STEP_PX = 1
const HELD_STEP_PX = 4

/** What a step did: drew a length, or moved an end of the one that lay there. */
export type Nudged = { drawn: string } | { moved: Place }

/** Draws and moves lengths by keys: the selected one, an end at a time, pixel by pixel. */
export class KeyedLength {
  #end: 0 | 1 = 1
  #last = 0

  /** The other end is next; after both, a length of its own. Null where no length is selected. */
  next(surface: HTMLDivElement): 'other-end' | 'new' | null {
    const line = lengthsOn(surface).find(isSelected)
    if (!line?.annotationUID) return null
    this.#end = this.#end === 1 ? 0 : 1
    if (this.#end === 0) return 'other-end'
    annotation.selection.deselectAnnotation(line.annotationUID)
    return 'new'
  }

  /** A step to the right (`x`) and down (`y`) of the screen; where no length is selected, one is laid across the middle first. */
  nudge(viewport: Types.IStackViewport, size: NonNullable<Size>, [x, y]: Types.Point2): Nudged {
    const surface = viewport.element
    const there = lengthsOn(surface).find(isSelected)
    const uid = there?.annotationUID ?? this.#draw(viewport, size)
    const before = placesOn(surface).find((place) => place.uid === uid)
    const line = lengthsOn(surface).find(({ annotationUID }) => annotationUID === uid)
    const point = line?.data.handles?.points?.[this.#end]
    if (!line || !point || !before) throw new Error('a length has two ends')
    const now = performance.now()
    const step = now - this.#last < HELD_MS ? HELD_STEP_PX : STEP_PX
    this.#last = now
    const [dx, dy] = onImage(viewport, [x, y])
    point[0] += dx * step
    point[1] += dy * step * size.aspect
    pullIn(point, size)
    // Measured anew when it is drawn.
    line.invalidated = true
    return there ? { moved: before } : { drawn: uid }
  }

  #draw(viewport: Types.IStackViewport, size: NonNullable<Size>): string {
    const { clientWidth, clientHeight } = viewport.element
    const points = [3 / 8, 5 / 8].map((share) => {
      const point = viewport.canvasToWorld([clientWidth * share, clientHeight / 2])
      pullIn(point, size)
      return point.map((value, axis) => (axis < 2 ? Math.round(value) : value)) as Types.Point3
    })
    const line: ToolTypes.Annotation = InsideLengthTool.createAnnotationForViewport(viewport, {
      data: { handles: { points } },
      highlighted: false,
    })
    this.#end = 1
    const uid = annotation.state.addAnnotation(line, viewport.element)
    annotation.selection.setAnnotationSelected(uid)
    return uid
  }
}

/** A direction on the screen as one on the image, which may be turned and flipped. Quarter turns only, so whole pixels. */
function onImage(viewport: Types.IStackViewport, [x, y]: Types.Point2): Types.Point2 {
  const from = viewport.canvasToWorld([0, 0])
  const to = viewport.canvasToWorld([x, y])
  return [Math.sign(Math.round((to[0] - from[0]) * 1e6)), Math.sign(Math.round((to[1] - from[1]) * 1e6))]
}
