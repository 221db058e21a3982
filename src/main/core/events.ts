import type { GyrusEvent } from '../../shared/contract.ts'

export type Emit = (event: GyrusEvent) => void
export type Unsubscribe = () => void

/** What the core tells its shells: only ids, so that a page asks again for what it shows. */
export class Events {
  readonly #listeners = new Set<Emit>()

  readonly emit: Emit = (event) => {
    for (const listener of this.#listeners) listener(event)
  }

  subscribe(listener: Emit): Unsubscribe {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
