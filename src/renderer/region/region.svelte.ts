import type { Region as Measured, RegionView } from '../../shared/brain-region.ts'
import type { CaseDetail } from '../../shared/cases.ts'
import { call } from '../client/client.ts'
import type { UiFailure } from '../client/transport.ts'
import { AskedOfImages, imageOn, type OnScreen } from '../over-image/asked.svelte.ts'
import { bytesOf } from '../over-image/painter.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'

/** Pictures whose regions are held, the newest: some 10 kB each. */
const HELD = 200
/** A reader who scrolls has not stopped at a slice before. */
const STOPPED_MS = 150

/** What of the screen the region lies over. */
export interface Scene extends OnScreen {
  readonly detail: CaseDetail | null
}

interface Asked {
  caseId: string
  frame: number | null
  /** What was kept from the reader is asked for again when it is no longer. */
  kept: boolean
}

/** A region with the values of its map, 0–255. */
export interface Drawn extends Omit<RegionView, 'map'> {
  map: (NonNullable<RegionView['map']> & { bytes: Uint8Array }) | null
}

/** The brain region of the image on the screen: what of it is wanted, and what came of it. */
export class Region {
  outlined = $state(false)
  /** The figures are unfolded. */
  told = $state(false)
  #mapped = $state(false)
  readonly #scene: Scene
  readonly #heat: { on: boolean }
  readonly #regions = new AskedOfImages<Asked, Drawn>({
    keyOf: ({ caseId, frame, kept }) => `${caseId} ${frame ?? ''} ${kept}`,
    ...{ held: HELD, stoppedMs: STOPPED_MS },
    ask: async ({ caseId: id, frame }) => {
      const { map, ...found } = await call('cases.region', { id, ...(frame !== null && { frame }) })
      return { ...found, map: map && { ...map, bytes: bytesOf(map.values) } }
    },
  })

  /** @param heat gives way, and is given way to: two maps over each other cannot be told apart */
  constructor(scene: Scene, heat: { on: boolean }) {
    this.#scene = scene
    this.#heat = heat
  }

  stop(): void {
    this.#regions.stop()
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
    const figures = this.told && this.recorded === null
    const image = (this.on || figures) && this.#scene.detail ? imageOn(this.#scene) : null
    return image && { caseId: image.caseId, frame: image.frame, kept: this.kept }
  }

  /** Of the image on the screen, and never of another. */
  get drawn(): Drawn | null {
    return this.#regions.found(this.wanted)
  }

  get failure(): UiFailure | null {
    return this.#regions.failure(this.wanted)
  }

  get loading(): boolean {
    return this.#regions.awaits(this.wanted)
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
    if (wanted) this.#regions.forget(wanted)
  }

  /** Asks for what is wanted. To be called in an effect. */
  follow(): (() => void) | undefined {
    return this.#regions.follow(this.wanted, this.#scene)
  }
}
