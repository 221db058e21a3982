import type { Types } from '@cornerstonejs/core'
import { LengthTool, type Types as ToolTypes } from '@cornerstonejs/tools'
import { headerOfImage } from './images.ts'

/** Columns and rows of an image, and how high a pixel is where its width is 1; null where there is none. */
export type Size = { width: number; height: number; aspect: number } | null

/** Measures between two points of the image: neither end leaves it. World coordinates are widths of a pixel, (0, 0, 0) the middle of the first. */
export class InsideLengthTool extends LengthTool {
  constructor(toolProps?: ToolTypes.PublicToolProps) {
    super(toolProps)
    // Its own undo listens to a bare Z, which is the reader's key for something else. Options given are merged with it.
    this.configuration.actions = {}
    const { addNewAnnotation, _dragCallback: drag } = this
    this.addNewAnnotation = (event) => {
      const line = addNewAnnotation(event)
      for (const point of line.data.handles.points) pullIn(point, sizeOf(line))
      return line
    }
    this._dragCallback = (event) => {
      drag(event)
      const { annotation, handleIndex, movingTextBox } = this.editData ?? {}
      if (!annotation || movingTextBox) return
      const points = annotation.data.handles?.points ?? []
      if (handleIndex === undefined) pullInTogether(points, sizeOf(annotation))
      else for (const point of points) pullIn(point, sizeOf(annotation))
    }
  }
}

/** Of the image that a length lies on. */
const sizeOf = ({ metadata }: ToolTypes.Annotation): Size => headerOfImage(metadata?.referencedImageId) ?? null

/** From the outer edge of the first pixel to that of the last. */
const within = (value: number, length: number, side = 1) =>
  Math.min(Math.max(value, -0.5 * side), (length - 0.5) * side)

/** Puts a point that lies beside the image on its edge. */
export function pullIn(point: Types.Point3, size: Size): void {
  if (!size) return
  point[0] = within(point[0], size.width)
  point[1] = within(point[1], size.height, size.aspect)
}

/** A line that is moved as a whole keeps its length. */
function pullInTogether(points: Types.Point3[], size: Size): void {
  if (!size) return
  for (const axis of [0, 1] as const) {
    const [length, side] = axis === 0 ? [size.width, 1] : [size.height, size.aspect]
    const over = points.map((point) => within(point[axis], length, side) - point[axis])
    const back = over.find((by) => by !== 0) ?? 0
    for (const point of points) point[axis] += back
  }
}
