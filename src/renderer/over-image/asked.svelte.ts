import { failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import type { Viewer } from '../viewer/viewer.svelte.ts'

/** What of the screen maps lie over. */
export interface OnScreen {
  /** Of the open case. */
  readonly id: string
  readonly viewer: Viewer | null
  readonly playing: boolean
}

/** The image on the screen; null while it is still on its way, or plays: nothing may lie over another one. */
export function imageOn({ id, viewer, playing }: OnScreen) {
  if (playing || !viewer || viewer.of !== id || viewer.status !== 'ready' || viewer.at !== viewer.shown) return null
  return viewer.images[viewer.shown] ?? null
}

type Came<Found> = { found: Found } | { failure: UiFailure }

interface Rules<Asked, Found> {
  /** Begins with the id of its case: what came is let go when something happens to that. */
  keyOf: (asked: Asked) => string
  ask: (asked: Asked) => Promise<Found>
  /** How many are held, the newest. */
  held: number
  /** A reader who scrolls has not stopped at a slice before. */
  stoppedMs: number
}

/** What was asked of the core for images on the screen, one at a time, and what came of it. */
export class AskedOfImages<Asked, Found> {
  #came = $state.raw<ReadonlyMap<string, Came<Found>>>(new Map())
  #asking = $state<string | null>(null)
  readonly #rules: Rules<Asked, Found>
  readonly #stop = onEvent((event) => {
    if (event.type === 'case') this.#forget((key) => key.startsWith(event.id))
    if (event.type === 'resync') this.#forget(() => true)
  })

  constructor(rules: Rules<Asked, Found>) {
    this.#rules = rules
  }

  stop(): void {
    this.#stop()
  }

  found(asked: Asked | null): Found | null {
    const came = this.#of(asked)
    return came && 'found' in came ? came.found : null
  }

  /** Why there is nothing, as the core tells. */
  failure(asked: Asked | null): UiFailure | null {
    const came = this.#of(asked)
    return came && 'failure' in came ? came.failure : null
  }

  /** Whether it is asked for, and nothing came yet. */
  awaits(asked: Asked | null): boolean {
    return asked !== null && this.#of(asked) === null
  }

  forget(asked: Asked): void {
    this.#forget((key) => key === this.#rules.keyOf(asked))
  }

  /** Asks once the reader has stopped at it. To be called in an effect. */
  follow(asked: Asked | null, { viewer }: OnScreen): (() => void) | undefined {
    if (asked === null || !this.awaits(asked) || this.#asking !== null) return undefined
    const many = (viewer?.images.length ?? 1) > 1
    const timer = setTimeout(() => void this.#ask(asked), many ? this.#rules.stoppedMs : 0)
    return () => clearTimeout(timer)
  }

  #of(asked: Asked | null): Came<Found> | null {
    return (asked && this.#came.get(this.#rules.keyOf(asked))) ?? null
  }

  async #ask(asked: Asked): Promise<void> {
    const key = this.#rules.keyOf(asked)
    this.#asking = key
    try {
      this.#keep(key, { found: await this.#rules.ask(asked) })
    } catch (error) {
      this.#keep(key, { failure: failureOf(error) })
    } finally {
      this.#asking = null
    }
  }

  #keep(key: string, came: Came<Found>): void {
    const entries = [...this.#came].filter(([other]) => other !== key)
    this.#came = new Map([...entries.slice(1 - this.#rules.held), [key, came]])
  }

  #forget(which: (key: string) => boolean): void {
    if (![...this.#came.keys()].some(which)) return
    this.#came = new Map([...this.#came].filter(([key]) => !which(key)))
  }
}
