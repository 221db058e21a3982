import { MAX_POINTS, STEP_RANGES, type Step } from '../../shared/what-if.ts'

export const DRAWINGS = ['erase', 'paint', 'hide', 'crop'] as const
export type Drawing = (typeof DRAWINGS)[number]
type Point = [number, number]

/** Smallest rectangle that a drag means, px: less is a click. */
const LEAST = 2
const round = (value: number) => Math.round(value * 10) / 10

/** A stroke or rectangle while it is drawn; places in px of the picture. */
export class DrawOn {
  tool = $state<Drawing>('erase')
  radius = $state(8)
  level = $state(0)
  points = $state.raw<Point[]>([])
  /** Where the keyboard is. */
  cursor = $state.raw<Point>([0, 0])

  get isBrush(): boolean {
    return this.tool === 'erase' || this.tool === 'paint'
  }

  get drawing(): boolean {
    return this.points.length > 0
  }

  /** The rectangle that is drawn, in whole px. */
  get rectangle() {
    const [from, to] = [this.points[0], this.points.at(-1)]
    if (!from || !to) return null
    const [left, top] = [Math.round(Math.min(from[0], to[0])), Math.round(Math.min(from[1], to[1]))]
    const [right, bottom] = [Math.round(Math.max(from[0], to[0])), Math.round(Math.max(from[1], to[1]))]
    return { x: left, y: top, width: right - left, height: bottom - top }
  }

  begin(at: Point): void {
    this.points = [at]
  }

  /** Points that are no step of the brush away from the last one say nothing new. */
  extend(at: Point): void {
    const last = this.points.at(-1)
    if (!last) return
    const near = Math.hypot(at[0] - last[0], at[1] - last[1]) < Math.max(1, this.radius / 4)
    if (this.isBrush && (near || this.points.length >= MAX_POINTS)) return
    this.points = [...this.points, at]
  }

  cancel(): void {
    this.points = []
  }

  /** The step that was drawn; null where that is none. */
  end(): Step | null {
    const { tool, level, rectangle } = this
    const points = this.points.map(([x, y]): Point => [round(x), round(y)])
    const radius = Math.min(STEP_RANGES.radius[1], Math.max(STEP_RANGES.radius[0], this.radius))
    this.points = []
    if (points.length === 0 || !rectangle) return null
    if (tool === 'erase') return { op: tool, points, radius }
    if (tool === 'paint') return { op: tool, points, radius, level }
    if (rectangle.width < LEAST || rectangle.height < LEAST) return null
    return tool === 'hide' ? { op: tool, ...rectangle, level } : { op: tool, ...rectangle }
  }
}
