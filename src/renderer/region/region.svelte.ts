import type { Region as Measured, RegionView } from '../../shared/brain-region.ts'
import type { CaseDetail } from '../../shared/cases.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'
import type { Viewer } from '../viewer/viewer.svelte.ts'

/** Pictures whose regions are held, the newest: some 10 kB each. */
const HELD = 200
/** A reader who scrolls has not stopped at a slice before. */
const STOPPED_MS = 150

/** What of the screen the region lies over. */
export interface Scene {
  /** Of the open case. */
  readonly id: string
  readonly detail: CaseDetail | null
  readonly viewer: Viewer | null
  readonly playing: boolean
}

interface Asked {
  caseId: string
  frame: number | null
}

/** A region with the values of its map, 0–255. */
export interface Drawn extends Omit<RegionView, 'map'> {
  map: (NonNullable<RegionView['map']> & { bytes: Uint8Array }) | null
}
type Found = Drawn | UiFailure

/** The brain region of the image on the screen: what of it is wanted, and what came of it. */
export class Region {
  outlined = $state(false)
  /** The figures are unfolded. */
  told = $state(false)
  #mapped = $state(false)
  #found = $state.raw<ReadonlyMap<string, Found>>(new Map())
  #asking = $state<string | null>(null)
  readonly #scene: Scene
  readonly #heat: { on: boolean }
  readonly #stop = onEvent((event) => {
    if (event.type === 'case') this.#forget((key) => key.startsWith(event.id))
    if (event.type === 'resync') this.#forget(() => true)
  })

  /** @param heat gives way, and is given way to: two maps over each other cannot be told apart */
  constructor(scene: Scene, heat: { on: boolean }) {
    this.#scene = scene
    this.#heat = heat
  }

  stop(): void {
    this.#stop()
  }

  toggleOutline(): void {
    this.outlined = !this.outlined
  }

  /** Hidden while a heat map is there. */
  get mapped(): boolean {
    return this.#mapped && !this.#heat.on && !this.kept
  }

  toggleMap(): void {
    if (this.kept) toasts.hint(texts.region.kept, this.#scene.id)
    else this.#mapped = !this.mapped
    if (this.#mapped) this.#heat.on = false
  }

  /** The asymmetry is kept from the reader until they recorded an impression. */
  get kept(): boolean {
    return this.#scene.detail?.awaitsImpression === true
  }

  get on(): boolean {
    return this.outlined || this.mapped
  }

  /** What is on record with the answer; null where nothing is. */
  get recorded(): Measured | null {
    return this.#scene.detail?.region ?? null
  }

  /** The figures on record are of another slice than the one on the screen may be. */
  get ofKey(): boolean {
    return this.recorded !== null && this.#scene.detail?.series?.place === null
  }

  /** The image whose region is asked for; null where none is. */
  get wanted(): Asked | null {
    const { id, detail, viewer, playing } = this.#scene
    const figures = this.told && this.recorded === null
    if (!(this.on || figures) || !detail || playing) return null
    // Never over an image that is still on its way.
    if (!viewer || viewer.of !== id || viewer.status !== 'ready' || viewer.at !== viewer.shown) return null
    const image = viewer.images[viewer.shown]
    return image ? { caseId: image.caseId, frame: image.frame } : null
  }

  get #result(): Found | null {
    const { wanted } = this
    return (wanted && this.#found.get(this.#keyOf(wanted))) ?? null
  }

  /** Of the image on the screen, and never of another. */
  get drawn(): Drawn | null {
    const found = this.#result
    return found && 'outline' in found ? found : null
  }

  get failure(): UiFailure | null {
    const found = this.#result
    return found && !('outline' in found) ? found : null
  }

  get loading(): boolean {
    return this.wanted !== null && this.#result === null
  }

  /** Why no sides are compared in the image on the screen. */
  get reason(): string | null {
    const region = this.drawn?.region
    if (!region) return null
    if (!region.found) return texts.region.none
    return region.noAsymmetry && texts.region.reasons[region.noAsymmetry]
  }

  again(): void {
    const { wanted } = this
    if (wanted) this.#forget((key) => key === this.#keyOf(wanted))
  }

  /** Asks for what is wanted once the reader has stopped at it, one at a time. To be called in an effect. */
  follow(): (() => void) | undefined {
    const { wanted, loading } = this
    if (!wanted || !loading || this.#asking !== null) return undefined
    const many = (this.#scene.viewer?.images.length ?? 1) > 1
    const timer = setTimeout(() => void this.#ask(wanted), many ? STOPPED_MS : 0)
    return () => clearTimeout(timer)
  }

  async #ask(asked: Asked): Promise<void> {
    const key = this.#keyOf(asked)
    this.#asking = key
    const { caseId: id, frame } = asked
    try {
      const { map, ...found } = await call('cases.region', { id, ...(frame !== null && { frame }) })
      const bytes = map && Uint8Array.from(atob(map.values), (one) => one.charCodeAt(0))
      this.#keep(key, { ...found, map: map && bytes && { ...map, bytes } })
    } catch (error) {
      this.#keep(key, failureOf(error))
    } finally {
      this.#asking = null
    }
  }

  /** What was kept from the reader is asked for again when it is no longer. */
  #keyOf = ({ caseId, frame }: Asked) => `${caseId} ${frame ?? ''} ${this.kept}`

  #keep(key: string, found: Found): void {
    const entries = [...this.#found].filter(([other]) => other !== key)
    this.#found = new Map([...entries.slice(1 - HELD), [key, found]])
  }

  #forget(which: (key: string) => boolean): void {
    if (![...this.#found.keys()].some(which)) return
    this.#found = new Map([...this.#found].filter(([key]) => !which(key)))
  }
}
