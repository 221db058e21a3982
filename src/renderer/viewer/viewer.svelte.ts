import { Enums, eventTarget, RenderingEngine, type Types } from '@cornerstonejs/core'
import {
  annotation,
  cancelActiveManipulations,
  Enums as ToolEnums,
  type Types as ToolTypes,
} from '@cornerstonejs/tools'
import type { Mouse, MouseRole } from '../../shared/keys.ts'
import type { View as ShownView } from '../../shared/view.ts'
import { failureOf } from '../client/client.ts'
import type { UiFailure } from '../client/transport.ts'
import { forget, headerOf, imageIdOf } from './images.ts'
import { KeyedLength } from './keyed-length.ts'
import { InsideLengthTool } from './length-tool.ts'
import { isSelected, lengthsOn, movedSince, type Place, placesOn, putBack } from './lengths.ts'
import { bindTools, setup, type ToolName } from './setup.ts'
import { STEPS } from './steps.ts'

const ENGINE = 'gyrus'
const VIEWPORT = 'image'
const UNDO_STEPS = 50

/** The surface that is drawn on. One for the page's life: a browser gives out few WebGL contexts, and takes its time to take them back. */
interface Stage {
  engine: RenderingEngine
  surface: HTMLDivElement
}
let stage: Stage | null = null

function stageOn(parent: HTMLElement, tools: ToolTypes.IToolGroup): Stage {
  if (stage) {
    parent.append(stage.surface)
    return stage
  }
  const surface = document.createElement('div')
  surface.style.cssText = 'position: absolute; inset: 0'
  parent.append(surface)
  const engine = new RenderingEngine(ENGINE)
  engine.enableElement({
    viewportId: VIEWPORT,
    type: Enums.ViewportType.STACK,
    element: surface,
    defaultOptions: { background: [0, 0, 0] },
  })
  tools.addViewport(VIEWPORT, ENGINE)
  stage = { engine, surface }
  return stage
}

interface View {
  presentation: Types.ViewPresentation
  flips: { flipHorizontal: boolean; flipVertical: boolean }
  voiRange: Types.VOIRange | undefined
  invert: boolean
}
type Step = { view: View } | { drawn: string } | { moved: Place } | { removed: ToolTypes.Annotation }

/** One image on the screen: what is shown of it, and all that a reader can do to it. */
export class Viewer {
  status = $state<'loading' | 'ready' | 'failed'>('loading')
  failure = $state.raw<UiFailure | null>(null)
  /** What a drag with the left button does now. */
  tool = $state<MouseRole>('none')
  window = $state.raw({ width: 0, level: 0 })
  /** The same in units of what was measured, e.g. Hounsfield units. */
  measuredWindow = $state.raw({ width: 0, level: 0 })
  /** Screen px (CSS) for one image px, in percent. */
  zoom = $state(100)
  rotation = $state(0)
  flippedH = $state(false)
  flippedV = $state(false)
  inverted = $state(false)
  size = $state.raw<{ width: number; height: number; channels: number; bits: number; empty: boolean } | null>(null)
  canUndo = $state(false)

  caseId = $state('')

  readonly #stage: Stage
  readonly #tools: ToolTypes.IToolGroup
  readonly #sizes: ResizeObserver
  #undo: Step[] = []
  #before: { view: View; places: Place[] } | null = null
  /** Lengths that were finished since the mouse button went down. */
  readonly #drawnSince = new Set<string>()
  #mouse: Mouse | null = null
  readonly #keyed = new KeyedLength()
  /** The steps of one end by keys are taken back together. */
  #nudged: Step | null = null

  constructor(element: HTMLDivElement) {
    this.#tools = setup()
    this.#stage = stageOn(element, this.#tools)
    InsideLengthTool.within(() => headerOf(this.caseId) ?? null)
    const { surface } = this.#stage
    surface.addEventListener(Enums.Events.VOI_MODIFIED, this.#read)
    surface.addEventListener(Enums.Events.CAMERA_MODIFIED, this.#read)
    // Cornerstone listens on the surface itself and may stop the event there; undo has to see it first.
    surface.addEventListener('mousedown', this.#remember, { capture: true })
    addEventListener('mouseup', this.#compare)
    eventTarget.addEventListener(ToolEnums.Events.ANNOTATION_COMPLETED, this.#measured)
    this.#sizes = new ResizeObserver(() => this.#resize())
    this.#sizes.observe(surface)
  }

  destroy(): void {
    this.#sizes.disconnect()
    removeEventListener('mouseup', this.#compare)
    eventTarget.removeEventListener(ToolEnums.Events.ANNOTATION_COMPLETED, this.#measured)
    const { surface } = this.#stage
    surface.removeEventListener(Enums.Events.VOI_MODIFIED, this.#read)
    surface.removeEventListener(Enums.Events.CAMERA_MODIFIED, this.#read)
    surface.removeEventListener('mousedown', this.#remember, { capture: true })
    surface.remove()
  }

  async show(caseId: string): Promise<void> {
    this.caseId = caseId
    this.size = null
    this.status = 'loading'
    this.failure = null
    this.#undo = []
    this.canUndo = false
    try {
      await this.#load(caseId)
      if (caseId !== this.caseId) return
      this.#fresh()
      this.status = 'ready'
    } catch (error) {
      forget(caseId)
      if (caseId !== this.caseId) return
      this.failure = failureOf(error)
      this.status = 'failed'
    }
  }

  /** The reader's mouse buttons; the left one keeps a tool that was chosen since, until its own role changes. */
  setMouse(mouse: Mouse): void {
    if (mouse.left !== this.#mouse?.left) this.tool = mouse.left
    this.#mouse = mouse
    bindTools(this.#tools, { ...mouse, left: this.tool })
  }

  /** Gives the left button a tool for now. */
  use(tool: ToolName): void {
    this.tool = tool
    if (this.#mouse) bindTools(this.#tools, { ...this.#mouse, left: tool })
  }

  invert(): void {
    this.#change((viewport) => viewport.setProperties({ invert: !viewport.getProperties().invert }))
  }

  flipH(): void {
    this.#change((viewport) => viewport.setCamera({ flipHorizontal: !viewport.getCamera().flipHorizontal }))
  }

  flipV(): void {
    this.#change((viewport) => viewport.setCamera({ flipVertical: !viewport.getCamera().flipVertical }))
  }

  rotate(): void {
    this.#change((viewport) =>
      viewport.setViewPresentation({ rotation: (Math.round(viewport.getViewPresentation().rotation ?? 0) + 90) % 360 }),
    )
  }

  /** A step of the tool of the left button, to the right and down. False where that button has no tool. */
  nudge(x: -1 | 0 | 1, y: -1 | 0 | 1): boolean {
    if (this.tool === 'length') return this.#nudgeLength(x, y)
    const step = STEPS[this.tool]
    if (!step) return false
    this.#change((viewport) => step(viewport, x, y))
    return true
  }

  /** What the next steps of the length tool move. Null where no length is selected. */
  nextOfLength(): 'other-end' | 'new' | null {
    this.#nudged = null
    const next = this.#keyed.next(this.#stage.surface)
    this.#viewport.render()
    return next
  }

  reset(): void {
    this.#change(() => this.#fresh())
  }

  /** Takes back the last change of view or measurement. False where there is none. */
  undo(): boolean {
    const step = this.#undo.pop()
    this.canUndo = this.#undo.length > 0
    if (!step) return false
    if ('drawn' in step) annotation.state.removeAnnotation(step.drawn)
    else if ('moved' in step) putBack(step.moved)
    else if ('removed' in step) annotation.state.addAnnotation(step.removed, this.#stage.surface)
    else this.#restore(step.view)
    this.#viewport.render()
    return true
  }

  /** Removes the selected lengths, or else the last one. False where there is none. */
  removeLength(): boolean {
    if (this.status !== 'ready') return false
    // One that is half drawn is finished first, so that nothing holds on to it.
    cancelActiveManipulations(this.#stage.surface)
    const lines = lengthsOn(this.#stage.surface)
    const selected = lines.filter(isSelected)
    const removed = selected.length > 0 ? selected : lines.slice(-1)
    for (const line of removed) {
      if (!line.annotationUID) continue
      annotation.selection.deselectAnnotation(line.annotationUID)
      annotation.state.removeAnnotation(line.annotationUID)
      this.#push({ removed: line })
    }
    this.#viewport.render()
    return removed.length > 0
  }

  /** How the image is looked at; null while there is none. */
  get view(): ShownView | null {
    if (this.status !== 'ready') return null
    const { width, level } = this.window
    const quarter = (((Math.round(this.rotation / 90) % 4) + 4) % 4) as 0 | 1 | 2 | 3
    return {
      window: { low: level - width / 2, high: level + width / 2 },
      inverted: this.inverted,
      flippedH: this.flippedH,
      flippedV: this.flippedV,
      rotation: ([0, 90, 180, 270] as const)[quarter],
    }
  }

  get #viewport(): Types.IStackViewport {
    return this.#stage.engine.getViewport(VIEWPORT) as Types.IStackViewport
  }

  async #load(caseId: string): Promise<void> {
    let problem: unknown
    const failed = (event: Event) => {
      const { imageId, error } = (event as CustomEvent<{ imageId: string; error: unknown }>).detail
      if (imageId === imageIdOf(caseId)) problem = error
    }
    eventTarget.addEventListener(Enums.Events.IMAGE_LOAD_FAILED, failed)
    try {
      await this.#viewport.setStack([imageIdOf(caseId)])
    } finally {
      eventTarget.removeEventListener(Enums.Events.IMAGE_LOAD_FAILED, failed)
    }
    if (problem) throw problem
  }

  /** The image as it comes: whole, upright, in the window that came with it. */
  #fresh(): void {
    const header = headerOf(this.caseId)
    if (!header) return
    const viewport = this.#viewport
    viewport.setCamera({ flipHorizontal: false, flipVertical: false })
    viewport.setViewPresentation({ rotation: 0 })
    viewport.resetCamera()
    viewport.setProperties({
      voiRange: { lower: header.window.low, upper: Math.max(header.window.high, header.window.low + 1) },
      invert: false,
    })
    viewport.render()
    this.size = {
      width: header.width,
      height: header.height,
      channels: header.channels,
      bits: header.bitsPerSample,
      empty: header.empty,
    }
    this.#read()
  }

  #change(action: (viewport: Types.IStackViewport) => void): void {
    if (this.status !== 'ready') return
    this.#push({ view: this.#view() })
    action(this.#viewport)
    this.#viewport.render()
    this.#read()
  }

  #nudgeLength(x: number, y: number): boolean {
    const size = headerOf(this.caseId)
    if (this.status !== 'ready' || !size) return true
    const step = this.#keyed.nudge(this.#viewport, size, [x, y])
    if (!this.#nudged || this.#undo.at(-1) !== this.#nudged) {
      this.#nudged = step
      this.#push(step)
    }
    this.#viewport.render()
    return true
  }

  #view(): View {
    const { voiRange, invert } = this.#viewport.getProperties()
    const { flipHorizontal = false, flipVertical = false } = this.#viewport.getCamera()
    const flips = { flipHorizontal, flipVertical }
    return { presentation: this.#viewport.getViewPresentation(), flips, voiRange, invert: invert ?? false }
  }

  #restore({ presentation, flips, voiRange, invert }: View): void {
    // The presentation leaves out flips that are off.
    this.#viewport.setCamera(flips)
    this.#viewport.setViewPresentation(presentation)
    this.#viewport.setProperties({ ...(voiRange && { voiRange }), invert })
    this.#read()
  }

  #push(step: Step): void {
    this.#undo = [...this.#undo.slice(1 - UNDO_STEPS), step]
    this.canUndo = true
  }

  #remember = (): void => {
    this.#drawnSince.clear()
    if (this.status === 'ready') this.#before = { view: this.#view(), places: placesOn(this.#stage.surface) }
  }

  /** After a drag: did it change the view, or a measurement that was there? */
  #compare = (): void => {
    const before = this.#before
    this.#before = null
    if (!before || this.status !== 'ready') return
    if (JSON.stringify(before.view) !== JSON.stringify(this.#view())) this.#push({ view: before.view })
    // The second end of a new one is not a move.
    const moved = movedSince(before.places, this.#stage.surface).filter(({ uid }) => !this.#drawnSince.has(uid))
    for (const place of moved) this.#push({ moved: place })
  }

  #read = (): void => {
    const viewport = this.#viewport
    if (!viewport?.hasImageURI || !headerOf(this.caseId)) return
    const { voiRange, invert } = viewport.getProperties()
    if (voiRange) {
      const [width, level] = [voiRange.upper - voiRange.lower, (voiRange.upper + voiRange.lower) / 2]
      this.window = { width, level }
      const { slope, intercept } = headerOf(this.caseId)?.scale ?? { slope: 1, intercept: 0 }
      this.measuredWindow = { width: width * Math.abs(slope), level: level * slope + intercept }
    }
    this.inverted = invert ?? false
    const { rotation = 0, flipHorizontal = false, flipVertical = false } = viewport.getViewPresentation()
    this.rotation = Math.round(rotation) % 360
    this.flippedH = flipHorizontal
    this.flippedV = flipVertical
    const [ax, ay] = viewport.worldToCanvas([0, 0, 0])
    const [bx, by] = viewport.worldToCanvas([1, 0, 0])
    this.zoom = 100 * Math.hypot(bx - ax, by - ay)
  }

  #resize(): void {
    if (this.#stage.surface.clientWidth === 0) return
    this.#stage.engine.resize(true, true)
    this.#read()
  }

  /** A measurement is there when its second end is set. */
  #measured = (event: Event): void => {
    const uid = (event as CustomEvent<{ annotation: { annotationUID?: string } }>).detail.annotation.annotationUID
    if (!uid) return
    this.#drawnSince.add(uid)
    this.#push({ drawn: uid })
  }
}
