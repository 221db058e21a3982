import { Enums, eventTarget, type Types } from '@cornerstonejs/core'
import {
  annotation,
  cancelActiveManipulations,
  Enums as ToolEnums,
  type Types as ToolTypes,
} from '@cornerstonejs/tools'
import type { Mouse, MouseRole } from '../../shared/keys.ts'
import type { View as ShownView } from '../../shared/view.ts'
import { KeyedLength } from './keyed-length.ts'
import { isSelected, lengthsOn } from './lengths.ts'
import { ScrollTool } from './scroll-tool.ts'
import { bindTools, setup, type ToolName } from './setup.ts'
import { type ImageStack, Slices } from './slices.svelte.ts'
import { type Slot, type Stage, stageOn } from './stage.ts'
import { STEPS } from './steps.ts'
import { type Step, Undo } from './undo.svelte.ts'
import { keepWindow, type Matrix, placementOf, putFresh, putView, type View, viewOf, zoomOf } from './view.ts'
import { measured, stored } from './window-scale.ts'

export type { ImageStack } from './slices.svelte.ts'

/** A stack of images on the screen: what is shown of it, and all that a reader can do to it. */
export class Viewer {
  /** What a drag with the left button does now. */
  tool = $state<MouseRole>('none')
  window = $state.raw({ width: 0, level: 0 })
  /** The same in units of what was measured, e.g. Hounsfield units. */
  measuredWindow = $state.raw({ width: 0, level: 0 })
  /** Screen px (CSS) for one image px, in percent. */
  zoom = $state(100)
  /** Grows whenever the image may lie elsewhere on the screen. */
  moved = $state(0)
  rotation = $state(0)
  flippedH = $state(false)
  flippedV = $state(false)
  inverted = $state(false)
  /** The window at which the stack opened, in measured values. */
  opening = $state.raw<Types.VOIRange | null>(null)
  /** What a drag with the scroll tool does. */
  onScroll: (by: number) => void = (by) => void this.go(this.at + by)

  readonly #slices = new Slices()
  readonly #stage: Stage
  readonly #tools: ToolTypes.IToolGroup
  readonly #sizes: ResizeObserver
  readonly #undo: Undo
  #mouse: Mouse | null = null
  readonly #keyed = new KeyedLength()
  /** The steps of one end by keys are taken back together. */
  #nudged: Step | null = null

  constructor(element: HTMLDivElement, slot: Slot = 'image') {
    this.#tools = setup()
    this.#stage = stageOn(element, this.#tools, slot)
    const { surface } = this.#stage
    this.#undo = new Undo(surface)
    ScrollTool.on(surface, (by) => this.onScroll(by))
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
    this.#slices.stop()
    this.#sizes.disconnect()
    removeEventListener('mouseup', this.#compare)
    eventTarget.removeEventListener(ToolEnums.Events.ANNOTATION_COMPLETED, this.#measured)
    const { surface } = this.#stage
    surface.removeEventListener(Enums.Events.VOI_MODIFIED, this.#read)
    surface.removeEventListener(Enums.Events.CAMERA_MODIFIED, this.#read)
    surface.removeEventListener('mousedown', this.#remember, { capture: true })
    ScrollTool.on(surface, null)
    this.#stage.clear()
  }

  get status() {
    return this.#slices.status
  }

  /** Why the slice that was asked for is not there. */
  get failure() {
    return this.#slices.failure
  }

  /** Of the image on the screen; null before the first. */
  get size() {
    return this.#slices.size
  }

  /** The case whose stack it is. */
  get of() {
    return this.#slices.of
  }

  get images() {
    return this.#slices.images
  }

  /** The slice that was asked for, from 0 on. */
  get at() {
    return this.#slices.at
  }

  /** The slice whose pixels are on the screen, or of which it is told why they are not; -1 before the first. */
  get shown() {
    return this.#slices.shown
  }

  /** Grows when other slices are there than before. */
  get held() {
    return this.#slices.held
  }

  get canUndo() {
    return this.#undo.any
  }

  /** Shows a stack, first the slice at a place. The view stays where more slices of the same stack came. */
  async show(stack: ImageStack, at: number): Promise<void> {
    const kept = this.of === stack.of && this.status === 'ready' ? this.#view() : null
    const ids = this.#slices.use(stack, at, kept !== null)
    if (!kept) {
      this.opening = null
      this.#undo.clear()
    }
    await this.#bring(async (at) => {
      await this.#viewport.setStack([...ids], at)
      if (!this.#slices.are(ids)) return
      this.#fresh()
      if (kept) this.#restore(kept)
    })
  }

  /** Shows another slice of the stack, as the one before was looked at. */
  async go(to: number): Promise<void> {
    const at = this.#slices.within(to)
    if (at === this.at && (this.shown === at || this.status === 'loading')) return
    this.#slices.at = at
    const view = this.opening === null ? null : this.#view()
    if (!view) return this.show({ of: this.of, images: this.images, window: this.#slices.window }, at)
    await this.#bring(async (at) => {
      await this.#viewport.setImageIdIndex(at)
      if (at === this.at) keepWindow(this.#viewport, view, this.headerAt(at)?.scale ?? null)
    })
  }

  /** Tries the slice again that could not be shown. */
  async again(): Promise<void> {
    this.#slices.shown = -1
    await this.go(this.at)
  }

  /** Whether the slice is there already, is not, or cannot be had. */
  has(at: number): 'held' | 'failed' | 'none' {
    return this.#slices.has(at)
  }

  headerAt(at: number) {
    return this.#slices.headerAt(at)
  }

  /** What is known of the image on the screen. */
  get header() {
    return this.#slices.header
  }

  async #bring(draw: (at: number) => Promise<void>): Promise<void> {
    if (await this.#slices.bring(draw)) this.#read()
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
    if (this.tool === 'scroll') {
      this.onScroll(y === 0 ? x : y)
      return true
    }
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
    if (!this.#undo.take((view) => this.#restore(view))) return false
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
      this.#undo.push({ removed: line })
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

  /** As `placementOf`; null while there is no image. */
  get placement(): Matrix | null {
    const { header, moved } = this
    return this.status === 'ready' && header && moved > 0 ? placementOf(this.#viewport, header) : null
  }

  get #viewport(): Types.IStackViewport {
    return this.#stage.viewport()
  }

  #fresh(): void {
    const header = this.headerAt(this.at)
    if (!header) return
    const window = putFresh(this.#viewport, header, this.#slices.window)
    this.#viewport.render()
    this.opening ??= measured(window, header.scale)
    this.#read()
  }

  /** Looks through another window, given in measured values. */
  look(window: Types.VOIRange): void {
    if (this.status !== 'ready') return
    this.#viewport.setProperties({ voiRange: stored(window, this.header?.scale ?? null) })
    this.#viewport.render()
    this.#read()
  }

  #change(action: (viewport: Types.IStackViewport) => void): void {
    if (this.status !== 'ready') return
    this.#undo.push({ view: this.#view() })
    action(this.#viewport)
    this.#viewport.render()
    this.#read()
  }

  #nudgeLength(x: number, y: number): boolean {
    const size = this.header
    if (this.status !== 'ready' || !size) return true
    const step = this.#keyed.nudge(this.#viewport, size, [x, y])
    if (!this.#nudged || this.#undo.last !== this.#nudged) {
      this.#nudged = step
      this.#undo.push(step)
    }
    this.#viewport.render()
    return true
  }

  #view(): View {
    return viewOf(this.#viewport, this.header?.scale ?? null)
  }

  #restore(view: View): void {
    putView(this.#viewport, view, this.headerAt(this.at)?.scale ?? null)
    this.#read()
  }

  #viewNow(): View | null {
    return this.status === 'ready' ? this.#view() : null
  }

  #remember = (): void => this.#undo.remember(this.#viewNow())

  #compare = (): void => this.#undo.compare(this.#viewNow())

  #read = (): void => {
    const viewport = this.#viewport
    const { header } = this
    if (!viewport?.hasImageURI || !header) return
    const { voiRange, invert } = viewport.getProperties()
    if (voiRange) {
      const [width, level] = [voiRange.upper - voiRange.lower, (voiRange.upper + voiRange.lower) / 2]
      this.window = { width, level }
      const { slope, intercept } = header.scale ?? { slope: 1, intercept: 0 }
      this.measuredWindow = { width: width * Math.abs(slope), level: level * slope + intercept }
    }
    this.inverted = invert ?? false
    const { rotation = 0, flipHorizontal = false, flipVertical = false } = viewport.getViewPresentation()
    this.rotation = Math.round(rotation) % 360
    this.flippedH = flipHorizontal
    this.flippedV = flipVertical
    this.zoom = zoomOf(viewport)
    this.moved++
  }

  #resize(): void {
    if (this.#stage.surface.clientWidth === 0) return
    this.#stage.engine.resize(true, true)
    this.#read()
  }

  /** A measurement is there when its second end is set. */
  #measured = (event: Event): void => {
    const uid = (event as CustomEvent<{ annotation: { annotationUID?: string } }>).detail.annotation.annotationUID
    if (uid) this.#undo.drawn(uid)
  }
}
