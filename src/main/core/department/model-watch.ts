import { isDeepStrictEqual } from 'node:util'
import type { Store } from '../../store/types.ts'
import type { EngineSupervisor } from '../engine-supervisor/index.ts'
import { modelInForce } from '../models/in-force.ts'
import type { ModelPlaces } from '../models/places.ts'
import type { Worker } from './worker.ts'

/** So soon a model that was activated elsewhere is used here, ms. */
const LOOK_MS = 1_000

interface ModelWatchParts {
  store: Store
  engine: Pick<EngineSupervisor, 'model' | 'useModel'>
  places: ModelPlaces
  worker: Worker
  /** Told where the model in force cannot be used here, by its folder or by what the engine says of it. */
  onUnfit: (error: unknown) => void
}

/**
 * Follows the department's model: what is activated on one workstation is in force on all. It is loaded as at any start,
 * with its hashes and its golden images proved. Where that fails, this workstation takes no work: it reads with nothing
 * rather than with the wrong model.
 */
export class ModelWatch {
  readonly #parts: ModelWatchParts
  readonly #ending = new AbortController()
  #looking: Promise<void> = Promise.resolve()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(parts: ModelWatchParts) {
    this.#parts = parts
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#looking = this.#look().finally(() => {
        if (!this.#ending.signal.aborted) this.start()
      })
    }, LOOK_MS).unref()
  }

  async close(): Promise<void> {
    this.#ending.abort()
    clearTimeout(this.#timer)
    await this.#looking
  }

  /** Never rejects. A record that cannot be asked now is asked again. */
  async #look(): Promise<void> {
    const { store, engine, places, worker, onUnfit } = this.#parts
    const stored = await store.activations().catch(() => null)
    if (stored === null || this.#ending.signal.aborted) return
    try {
      const { ref, activation } = modelInForce(places, stored)
      // Before any activation each workstation has the model that it came with.
      if (activation === null || isDeepStrictEqual(ref, engine.model)) return
      await worker.rest()
      await engine.useModel(ref)
      await worker.start()
    } catch (error) {
      onUnfit(error)
    }
  }
}
