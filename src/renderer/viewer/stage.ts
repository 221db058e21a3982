import { Enums, RenderingEngine, type Types } from '@cornerstonejs/core'
import type { Types as ToolTypes } from '@cornerstonejs/tools'
import { setup } from './setup.ts'

const ENGINE = 'gyrus'

/** The image of the case, and the one that is laid beside it. */
export type Slot = 'image' | 'beside'

/** The surface that is drawn on. */
export interface Stage {
  engine: RenderingEngine
  surface: HTMLDivElement
  viewport(): Types.IStackViewport
  /** Takes it off the page. */
  clear(): void
}

/** One for the page's life: a browser gives out few WebGL contexts, and takes its time to take them back. */
let engine: RenderingEngine | null = null
let main: Stage | null = null

/** Has the browser make ready what draws, while nobody waits for it. Throws `RequestFailed` where it cannot. */
export function prepareStage(): void {
  setup()
  engine ??= new RenderingEngine(ENGINE)
}

export function stageOn(parent: HTMLElement, tools: ToolTypes.IToolGroup, slot: Slot): Stage {
  if (slot === 'image' && main) {
    parent.append(main.surface)
    return main
  }
  engine ??= new RenderingEngine(ENGINE)
  const stage = newStage(engine, parent, tools, slot)
  if (slot === 'image') main = stage
  return stage
}

function newStage(engine: RenderingEngine, parent: HTMLElement, tools: ToolTypes.IToolGroup, slot: Slot): Stage {
  const surface = document.createElement('div')
  surface.style.cssText = 'position: absolute; inset: 0'
  parent.append(surface)
  engine.enableElement({
    viewportId: slot,
    type: Enums.ViewportType.STACK,
    element: surface,
    defaultOptions: { background: [0, 0, 0] },
  })
  tools.addViewport(slot, ENGINE)
  return {
    engine,
    surface,
    viewport: () => engine.getViewport(slot) as Types.IStackViewport,
    clear() {
      if (slot === 'beside') {
        tools.removeViewports(ENGINE, slot)
        engine.disableElement(slot)
      }
      surface.remove()
    },
  }
}
