import { Enums, eventTarget, type Types } from '@cornerstonejs/core'
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
import { headerOfImage, type ImageRef, imageIdOf } from './images.ts'
import { KeyedLength } from './keyed-length.ts'
import { isSelected, lengthsOn, movedSince, type Place, placesOn, putBack } from './lengths.ts'
import { ScrollTool } from './scroll-tool.ts'
import { bindTools, setup, type ToolName } from './setup.ts'
import { StackLoader } from './stack-loader.ts'
import { type Slot, type Stage, stageOn } from './stage.ts'
import { STEPS } from './steps.ts'
import { measured, stored } from './window-scale.ts'

const UNDO_STEPS = 50
/** At most so often the screen is told which slices are there. */
const TOLD_MS = 100

interface View {
  presentation: Types.ViewPresentation
  flips: { flipHorizontal: boolean; flipVertical: boolean }
  /** In measured values: those that are stored may differ from slice to slice. */
  window: Types.VOIRange | undefined
  invert: boolean
}
type Step = { view: View } | { drawn: string } | { moved: Place } | { removed: ToolTypes.Annotation }

/** Images that are scrolled through as one stack; a single image is a stack of one. */
export interface ImageStack {
  /** The case whose images they are. */
  of: string
  images: readonly ImageRef[]
}

/** A stack of images on the screen: what is shown of it, and all that a reader can do to it. */
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

  /** The case whose stack it is. */
  of = $state('')
  images = $state.raw<readonly ImageRef[]>([])
  /** The slice that was asked for, from 0 on. */
  at = $state(0)
  /** The slice whose pixels are on the screen, or of which it is told why they are not; -1 before the first. */
  shown = $state(-1)
  /** Grows when other slices are there than before. */
  held = $state(0)
  /** The window at which the stack opened, in measured values. */
  opening = $state.raw<Types.VOIRange | null>(null)
  /** What a drag with the scroll tool does. */
  onScroll: (by: number) => void = (by) => void this.go(this.at + by)

  #ids: string[] = []
  /** The slice that Cornerstone has; not the one on the screen where that could not be had. */
  #drawn = -1
  readonly #loader = new StackLoader(() => this.#tell())
  #telling: ReturnType<typeof setTimeout> | null = null
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

  constructor(element: HTMLDivElement, slot: Slot = 'image') {
    this.#tools = setup()
    this.#stage = stageOn(element, this.#tools, slot)
    const { surface } = this.#stage
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
    this.#loader.stop()
    if (this.#telling) clearTimeout(this.#telling)
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

  /** Shows a stack, first the slice at a place. The view stays where more slices of the same stack came. */
  async show({ of, images }: ImageStack, at: number): Promise<void> {
    const kept = this.of === of && this.status === 'ready' ? this.#view() : null
    this.of = of
    this.images = images
    this.#ids = images.map(imageIdOf)
    this.at = Math.max(0, Math.min(images.length - 1, at))
    if (!kept) {
      this.shown = -1
      this.#drawn = -1
      this.size = null
      this.status = 'loading'
      this.opening = null
      this.#undo = []
      this.canUndo = false
    }
    this.#loader.use(this.#ids, this.at)
    // Some may still be there from before.
    this.#tell()
    const ids = this.#ids
    await this.#bring(async (at) => {
      await this.#viewport.setStack([...ids], at)
      if (ids === this.#ids) this.#fresh()
      if (ids === this.#ids && kept) this.#restore(kept)
    })
  }

  /** Shows another slice of the stack, as the one before was looked at. */
  async go(to: number): Promise<void> {
    const at = Math.max(0, Math.min(this.#ids.length - 1, to))
    if (at === this.at && (this.shown === at || this.status === 'loading')) return
    this.at = at
    const view = this.opening === null ? null : this.#view()
    if (!view) return this.show({ of: this.of, images: this.images }, at)
    await this.#bring(async (at) => {
      await this.#viewport.setImageIdIndex(at)
      if (at === this.at) this.#keepWindow(view, at)
    })
  }

  /** Tries the slice again that could not be shown. */
  async again(): Promise<void> {
    this.shown = -1
    await this.go(this.at)
  }

  /** Whether the slice is there already, is not, or cannot be had. */
  has(at: number): 'held' | 'failed' | 'none' {
    return this.#loader.holds(at) ? 'held' : this.#loader.failed(at) ? 'failed' : 'none'
  }

  headerAt(at: number) {
    return headerOfImage(this.#ids[at])
  }

  /** What is known of the image on the screen. */
  get header() {
    return this.headerAt(this.#drawn)
  }

  #sizeNow() {
    const { header } = this
    if (!header) return null
    const { width, height, channels, bitsPerSample: bits, empty } = header
    return { width, height, channels, bits, empty }
  }

  /** Gets the slice that is asked for, and draws it, unless another one is asked for by then. */
  async #bring(draw: (at: number) => Promise<void>): Promise<void> {
    const [ids, { at }] = [this.#ids, this]
    const current = () => ids === this.#ids && at === this.at
    try {
      if (!this.#loader.holds(at)) await this.#loader.get(at)
      if (!current()) return
      this.#loader.moveTo(at)
      await draw(at)
      if (!current()) return
      this.#drawn = at
      this.shown = at
      this.size = this.#sizeNow()
      this.failure = null
      this.status = 'ready'
      this.#read()
    } catch (error) {
      if (!current()) return
      this.shown = at
      this.failure = failureOf(error)
      this.status = 'failed'
    }
  }

  #tell(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = null
      this.held++
    }, TOLD_MS)
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
    return this.#stage.viewport()
  }

  /** The image as it comes: whole, upright, in the window that came with it. */
  #fresh(): void {
    const header = this.headerAt(this.at)
    if (!header) return
    const viewport = this.#viewport
    viewport.setCamera({ flipHorizontal: false, flipVertical: false })
    viewport.setViewPresentation({ rotation: 0 })
    viewport.resetCamera()
    const voiRange = { lower: header.window.low, upper: Math.max(header.window.high, header.window.low + 1) }
    viewport.setProperties({ voiRange, invert: false })
    viewport.render()
    this.opening ??= measured(voiRange, header.scale)
    this.#read()
  }

  /** The same window on what was measured, whatever the values are in which the slice is stored. */
  #keepWindow({ window }: View, at: number): void {
    const header = this.headerAt(at)
    if (!window || !header) return
    const { lower, upper } = stored(window, header.scale)
    const now = this.#viewport.getProperties().voiRange
    if (now?.lower !== lower || now.upper !== upper) this.#viewport.setProperties({ voiRange: { lower, upper } })
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
    this.#push({ view: this.#view() })
    action(this.#viewport)
    this.#viewport.render()
    this.#read()
  }

  #nudgeLength(x: number, y: number): boolean {
    const size = this.header
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
    const window = voiRange && measured(voiRange, this.header?.scale ?? null)
    return { presentation: this.#viewport.getViewPresentation(), flips, window, invert: invert ?? false }
  }

  #restore({ presentation, flips, window, invert }: View): void {
    const voiRange = window && stored(window, this.headerAt(this.at)?.scale ?? null)
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
