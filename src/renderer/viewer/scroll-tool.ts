import { getEnabledElement } from '@cornerstonejs/core'
import { BaseTool, type Types as ToolTypes } from '@cornerstonejs/tools'

/** Way of the mouse for one slice, px (CSS): so that the height of the view is the whole stack, within reason. */
const LEAST_PX = 3
const MOST_PX = 20

type Scroll = (by: number) => void

/** Scrolls through the stack by dragging up and down. */
export class ScrollTool extends BaseTool {
  static override toolName = 'Scroll'
  static readonly #scrolls = new Map<Element, Scroll>()
  #left = 0

  /** What scrolls the stack on a surface. Tools are made by Cornerstone from their class alone. */
  static on(surface: Element, scroll: Scroll | null): void {
    if (scroll) ScrollTool.#scrolls.set(surface, scroll)
    else ScrollTool.#scrolls.delete(surface)
  }

  constructor(toolProps: ToolTypes.PublicToolProps = {}) {
    super(toolProps, { supportedInteractionTypes: ['Mouse'], configuration: {} })
  }

  preMouseDownCallback(): boolean {
    this.#left = 0
    return false
  }

  mouseDragCallback({ detail }: ToolTypes.EventTypes.MouseDragEventType): void {
    const slices = getEnabledElement(detail.element)?.viewport.getNumberOfSlices() ?? 1
    const pace = Math.min(MOST_PX, Math.max(LEAST_PX, detail.element.clientHeight / slices))
    const way = this.#left + detail.deltaPoints.canvas[1]
    const by = Math.trunc(way / pace)
    this.#left = way - by * pace
    if (by !== 0) ScrollTool.#scrolls.get(detail.element)?.(by)
  }
}
