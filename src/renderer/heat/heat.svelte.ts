import type { CaseDetail } from '../../shared/cases.ts'
import type { HeatMap } from '../../shared/explain-contract.ts'
import type { HeatMethod } from '../../shared/heat.ts'
import type { Label } from '../../shared/labels.ts'
import type { Slice } from '../../shared/series.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { preferences } from '../settings/preferences.svelte.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'
import type { Viewer } from '../viewer/viewer.svelte.ts'

const USUAL = { opacity: 0.6, outline: false }
/** Maps that are held, the newest: some 64 kB each. */
const HELD = 100
/** A reader who scrolls has not stopped at a slice before. */
const STOPPED_MS = 200

/** What of the screen a map lies over. */
export interface Scene {
  /** Of the open case. */
  readonly id: string
  readonly detail: CaseDetail | null
  readonly viewer: Viewer | null
  /** Of a series, the slice that was asked for. */
  readonly slice: Slice | null
  readonly playing: boolean
}

interface Choice {
  /** Null: what the image is called. */
  label: Label | null
  /** Null: what measures best. */
  method: HeatMethod | null
}

/** A map as it was asked for. */
interface Asked extends Choice {
  caseId: string
}

/** A map with its values, 0–255. */
export interface Heated extends HeatMap {
  bytes: Uint8Array
}
type Found = Heated | UiFailure

/** The heat map over the image on the screen: whether it is wanted, of what, and what came of it. */
export class Heat {
  on = $state(false)
  /** What was chosen in a case is for that case. */
  #choice = $state.raw<Choice & { of: string }>({ of: '', label: null, method: null })
  #found = $state.raw<ReadonlyMap<string, Found>>(new Map())
  #asking = $state<string | null>(null)
  #cancelled = $state<string | null>(null)
  readonly #scene: Scene
  readonly #stop = onEvent((event) => {
    if (event.type === 'case') this.#forget((key) => key.startsWith(event.id))
    if (event.type === 'resync') this.#forget(() => true)
  })

  constructor(scene: Scene) {
    this.#scene = scene
  }

  stop(): void {
    this.#stop()
  }

  toggle(): void {
    const { detail, id } = this.#scene
    if (detail?.awaitsImpression) toasts.hint(texts.heat.first, id)
    else this.on = !this.on
  }

  get choice(): Choice {
    const { of, label, method } = this.#choice
    return of === this.#scene.id ? { label, method } : { label: null, method: null }
  }

  choose(change: Partial<Choice>): void {
    this.#choice = { ...this.choice, ...change, of: this.#scene.id }
  }

  get settings() {
    return preferences.value.heat ?? USUAL
  }

  set(change: Partial<typeof USUAL>): void {
    void preferences.change({ heat: { ...this.settings, ...change } })
  }

  /** What the image on the screen is called; null while that is not known, or kept. */
  get called(): Label | null {
    const { detail, slice } = this.#scene
    if (detail?.awaitsImpression || detail?.result?.label === null) return null
    return (detail?.series ? slice?.label : detail?.result?.label) ?? null
  }

  /** Why no map of the image on the screen can be asked for; null where one can, or where that is not known yet. */
  get reason(): string | null {
    const { detail, slice, viewer } = this.#scene
    if (!detail || !this.on) return null
    if (detail.awaitsImpression) return texts.heat.first
    if (detail.result?.label === null) return texts.heat.noJudgement
    if (detail.series) return slice && slice.label === null ? texts.heat.notJudged : null
    if (!detail.result) return texts.heat.noAnswer
    const frame = viewer?.images[viewer.shown]?.frame ?? null
    const answered = detail.dicom?.frame ?? 1
    return frame === null || frame === answered - 1 ? null : texts.heat.otherFrame(answered)
  }

  /** The map that is to lie over the image on the screen; null where none is. */
  get wanted(): Asked | null {
    const { id, detail, viewer, playing } = this.#scene
    if (!this.on || !detail || this.reason !== null || playing) return null
    // Never over an image that is still on its way.
    if (!viewer || viewer.of !== id || viewer.status !== 'ready' || viewer.at !== viewer.shown) return null
    const caseId = viewer.images[viewer.shown]?.caseId
    return caseId === undefined ? null : { caseId, ...this.choice }
  }

  get #result(): Found | null {
    const { wanted } = this
    return (wanted && this.#found.get(keyOf(wanted))) ?? null
  }

  /** Of the image on the screen, and never of another. */
  get map(): Heated | null {
    const found = this.#result
    return found && 'bytes' in found ? found : null
  }

  /** Why there is none, as the core tells. */
  get failure(): UiFailure | null {
    const found = this.#result
    return found && !('bytes' in found) ? found : null
  }

  get cancelled(): boolean {
    return this.wanted !== null && keyOf(this.wanted) === this.#cancelled
  }

  get loading(): boolean {
    return this.wanted !== null && this.#result === null && !this.cancelled
  }

  /** Waits no longer for what is asked for; what comes of it all the same is kept. */
  cancel(): void {
    this.#cancelled = this.wanted && keyOf(this.wanted)
  }

  again(): void {
    this.#cancelled = null
    const { wanted } = this
    if (wanted && this.failure) this.#forget((key) => key === keyOf(wanted))
  }

  /** Asks for what is wanted once the reader has stopped at it, one map at a time. To be called in an effect. */
  follow(): (() => void) | undefined {
    const { wanted, loading } = this
    if (!wanted || !loading || this.#asking !== null) return undefined
    const many = (this.#scene.viewer?.images.length ?? 1) > 1
    const timer = setTimeout(() => void this.#ask(wanted), many ? STOPPED_MS : 0)
    return () => clearTimeout(timer)
  }

  async #ask({ caseId, label, method }: Asked): Promise<void> {
    const key = keyOf({ caseId, label, method })
    this.#asking = key
    try {
      const map = await call('cases.explain', { id: caseId, ...(label && { label }), ...(method && { method }) })
      this.#keep(key, { ...map, bytes: Uint8Array.from(atob(map.values), (one) => one.charCodeAt(0)) })
    } catch (error) {
      this.#keep(key, failureOf(error))
    } finally {
      this.#asking = null
    }
  }

  #keep(key: string, found: Found): void {
    const entries = [...this.#found].filter(([other]) => other !== key)
    this.#found = new Map([...entries.slice(1 - HELD), [key, found]])
  }

  #forget(which: (key: string) => boolean): void {
    if (![...this.#found.keys()].some(which)) return
    this.#found = new Map([...this.#found].filter(([key]) => !which(key)))
  }
}

const keyOf = ({ caseId, label, method }: Asked) => `${caseId} ${label ?? ''} ${method ?? ''}`
