import type { Types } from '@cornerstonejs/core'
import { LengthTool, type Types as ToolTypes } from '@cornerstonejs/tools'

/** Columns and rows of the image in the viewport, and how high a pixel is where its width is 1; null where there is none. */
export type SizeOf = () => { width: number; height: number; aspect: number } | null

/** Measures between two points of the image: neither end leaves it. World coordinates are widths of a pixel, (0, 0, 0) the middle of the first. */
export class InsideLengthTool extends LengthTool {
  static #sizeOf: SizeOf = () => null

  /** Tools are made by Cornerstone from their class alone. */
  static within(sizeOf: SizeOf): void {
    InsideLengthTool.#sizeOf = sizeOf
  }

  constructor(toolProps?: ToolTypes.PublicToolProps) {
    super(toolProps)
    // Its own undo listens to a bare Z, which is the reader's key for something else. Options given are merged with it.
    this.configuration.actions = {}
    const { addNewAnnotation, _dragCallback: drag } = this
    this.addNewAnnotation = (event) => {
      const line = addNewAnnotation(event)
      for (const point of line.data.handles.points) pullIn(point, InsideLengthTool.#sizeOf())
      return line
    }
    this._dragCallback = (event) => {
      drag(event)
      const { annotation, handleIndex, movingTextBox } = this.editData ?? {}
      if (!annotation || movingTextBox) return
      const points = annotation.data.handles?.points ?? []
      if (handleIndex === undefined) pullInTogether(points, InsideLengthTool.#sizeOf())
      else for (const point of points) pullIn(point, InsideLengthTool.#sizeOf())
    }
  }
}

export type Size = ReturnType<SizeOf>

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
