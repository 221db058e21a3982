import type { CaseDetail } from '../../shared/cases.ts'
import type { HeatMap } from '../../shared/explain-contract.ts'
import type { HeatMethod } from '../../shared/heat.ts'
import type { Label } from '../../shared/labels.ts'
import type { Slice } from '../../shared/series.ts'
import { call } from '../client/client.ts'
import type { UiFailure } from '../client/transport.ts'
import { AskedOfImages, imageOn, type OnScreen } from '../over-image/asked.svelte.ts'
import { bytesOf } from '../over-image/painter.ts'
import { preferences } from '../settings/preferences.svelte.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'

const USUAL = { opacity: 0.6, outline: false }
/** How the reader has heat maps drawn. */
export const heatLook = () => preferences.value.heat ?? USUAL

/** Maps that are held, the newest: some 64 kB each. */
const HELD = 100
/** A reader who scrolls has not stopped at a slice before. */
const STOPPED_MS = 200

/** What of the screen a map lies over. */
export interface Scene extends OnScreen {
  readonly detail: CaseDetail | null
  /** Of a series, or of a file whose frames were read, the one that was asked for. */
  readonly slice: Slice | null
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
  /** Of its file, from 0 on; null for its one image. */
  frame: number | null
}

/** A map with its values, 0–255. */
export interface Heated extends HeatMap {
  bytes: Uint8Array
}

export const heated = (map: HeatMap): Heated => ({ ...map, bytes: bytesOf(map.values) })

/** The heat map over the image on the screen: whether it is wanted, of what, and what came of it. */
export class Heat {
  on = $state(false)
  /** What was chosen in a case is for that case. */
  #choice = $state.raw<Choice & { of: string }>({ of: '', label: null, method: null })
  #cancelled = $state<string | null>(null)
  readonly #scene: Scene
  readonly #maps = new AskedOfImages<Asked, Heated>({
    ...{ keyOf, held: HELD, stoppedMs: STOPPED_MS },
    ask: async ({ caseId: id, frame, label, method }) =>
      heated(
        await call('cases.explain', {
          id,
          ...(frame !== null && { frame }),
          ...(label && { label }),
          ...(method && { method }),
        }),
      ),
  })

  constructor(scene: Scene) {
    this.#scene = scene
  }

  stop(): void {
    this.#maps.stop()
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
    return heatLook()
  }

  set(change: Partial<typeof USUAL>): void {
    void preferences.change({ heat: { ...this.settings, ...change } })
  }

  /** What the image on the screen is called; null while that is not known, or kept. */
  get called(): Label | null {
    const { detail, slice } = this.#scene
    if (detail?.awaitsImpression || detail?.result?.label === null) return null
    return (slice || detail?.series ? slice?.label : detail?.result?.label) ?? null
  }

  /** Why no map of the image on the screen can be asked for; null where one can, or where that is not known yet. */
  get reason(): string | null {
    const { detail, slice, viewer } = this.#scene
    if (!detail || !this.on) return null
    if (detail.awaitsImpression) return texts.heat.first
    if (detail.result?.label === null) return detail.series ? texts.heat.noSeriesJudgement : texts.heat.noJudgement
    if (slice) return slice.label === null ? texts.heat.notJudged : null
    if (detail.series) return null
    if (!detail.result) return texts.heat.noAnswer
    const frame = viewer?.images[viewer.shown]?.frame ?? null
    const answered = detail.dicom?.frame ?? 1
    return frame === null || frame === answered - 1 ? null : texts.heat.otherFrame(answered)
  }

  /** The map that is to lie over the image on the screen; null where none is. */
  get wanted(): Asked | null {
    if (!this.on || !this.#scene.detail || this.reason !== null) return null
    const image = imageOn(this.#scene)
    return image && { caseId: image.caseId, frame: image.frame, ...this.choice }
  }

  /** Of the image on the screen, and never of another. */
  get map(): Heated | null {
    return this.#maps.found(this.wanted)
  }

  /** Why there is none, as the core tells. */
  get failure(): UiFailure | null {
    return this.#maps.failure(this.wanted)
  }

  get cancelled(): boolean {
    return this.wanted !== null && keyOf(this.wanted) === this.#cancelled
  }

  get loading(): boolean {
    return this.#maps.awaits(this.wanted) && !this.cancelled
  }

  /** Waits no longer for what is asked for; what comes of it all the same is kept. */
  cancel(): void {
    this.#cancelled = this.wanted && keyOf(this.wanted)
  }

  again(): void {
    this.#cancelled = null
    const { wanted } = this
    if (wanted && this.failure) this.#maps.forget(wanted)
  }

  /** Asks for what is wanted. To be called in an effect. */
  follow(): (() => void) | undefined {
    return this.cancelled ? undefined : this.#maps.follow(this.wanted, this.#scene)
  }
}

const keyOf = ({ caseId, frame, label, method }: Asked) => `${caseId} ${frame ?? ''} ${label ?? ''} ${method ?? ''}`
