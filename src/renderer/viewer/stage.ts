import { Enums, RenderingEngine, type Types } from '@cornerstonejs/core'
import type { Types as ToolTypes } from '@cornerstonejs/tools'
import { warmImage } from './images.ts'
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

/** Any size will do: what is compiled is the same for all. */
const WARM_PX = 64

/**
 * Has the browser make ready what draws, and draw once out of sight, while nobody waits for it: the first image is then
 * on the screen as quickly as any other. Throws `RequestFailed` where it cannot.
 */
export async function prepareStage(): Promise<void> {
  if (main) return
  const tools = setup()
  engine ??= new RenderingEngine(ENGINE)
  const hidden = document.createElement('div')
  hidden.inert = true
  hidden.style.cssText = `position: fixed; visibility: hidden; width: ${WARM_PX}px; height: ${WARM_PX}px`
  document.body.append(hidden)
  main = newStage(engine, hidden, tools, 'image')
  const { surface } = main
  await main.viewport().setStack([warmImage()])
  // A case may have been opened meanwhile, and taken it.
  if (surface.parentElement === hidden) main.viewport().render()
  requestAnimationFrame(() => {
    if (surface.parentElement === hidden) surface.remove()
    hidden.remove()
  })
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
