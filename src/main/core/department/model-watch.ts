import { isDeepStrictEqual } from 'node:util'
import { GyrusError } from '../../../shared/errors.ts'
import type { Store } from '../../store/types.ts'
import type { EngineSupervisor } from '../engine-supervisor/index.ts'
import { modelInForce } from '../models/in-force.ts'
import type { ModelPlaces } from '../models/places.ts'
import type { SharedFiles } from './files/types.ts'
import type { Worker } from './worker.ts'

/** So soon a model that was activated elsewhere is used here, ms. */
const LOOK_MS = 1_000
/** The same while the engine is not begun. */
const BEGIN_MS = 50

interface ModelWatchParts {
  store: Store
  engine: Pick<EngineSupervisor, 'model' | 'useModel' | 'status'>
  places: ModelPlaces
  files: Pick<SharedFiles, 'check'>
  worker: Worker
  /**
   * Told where the model in force cannot be used here, by its folder or by what the engine says of it, and where the shared
   * files are not there; null when that is over.
   */
  onUnfit: (error: unknown) => void
}

/**
 * Follows the department's model: what is activated on one workstation is in force on all. It is loaded as at any start,
 * with its hashes and its golden images proved. Where that fails, or this Gyrus came with another model than the
 * department's, this workstation takes no work: it reads with nothing rather than with the wrong model. Nor does it where the
 * files are not there: what it took would only come back.
 */
export class ModelWatch {
  readonly #parts: ModelWatchParts
  readonly #ending = new AbortController()
  #looking: Promise<void> = Promise.resolve()
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Why it rests, once it was told. */
  #told: string | null = null

  constructor(parts: ModelWatchParts) {
    this.#parts = parts
  }

  /** The worker works as long as its model is the department's. */
  start(): void {
    this.#looking = this.#look().finally(() => {
      if (this.#ending.signal.aborted) return
      const ms = this.#parts.engine.status.state === 'starting' ? BEGIN_MS : LOOK_MS
      this.#timer = setTimeout(() => this.start(), ms).unref()
    })
  }

  async close(): Promise<void> {
    this.#ending.abort()
    clearTimeout(this.#timer)
    await this.#looking
  }

  /** Never rejects. A record that cannot be asked now is asked again. */
  async #look(): Promise<void> {
    const { store, engine, places, files, worker } = this.#parts
    const { model: loaded, state, failure } = engine.status
    // An engine that does not start at all is begun anew when somebody asks it.
    const begun = loaded !== null || (state === 'failed' && failure?.code.startsWith('model-'))
    const stored = begun ? await store.activations().catch(() => null) : null
    if (!stored || this.#ending.signal.aborted) return
    try {
      await files.check()
      const { ref, activation } = modelInForce(places, stored)
      if (!loaded) {
        // It could not be loaded at the start: its folder or its store was away.
        await places.refresh()
        await engine.useModel(activation === null ? engine.model : ref)
        return
      }
      if (activation === null) await this.#requireSame(loaded.card.weightsSha256)
      else if (!isDeepStrictEqual(ref, engine.model)) {
        await worker.rest()
        await places.refresh()
        await engine.useModel(ref)
      }
      this.#tell(null)
      if (!this.#ending.signal.aborted) await worker.start()
    } catch (error) {
      await worker.rest()
      this.#tell(error)
    }
  }

  /** Once. */
  #tell(error: unknown): void {
    const why = error === null ? null : String(error)
    if (why !== this.#told) this.#parts.onUnfit(error)
    this.#told = why
  }

  /** Before any activation each workstation has the model that it came with: that of the first one is the department's. */
  async #requireSame(weights: string): Promise<void> {
    const first = await this.#parts.store.departmentModel(weights)
    if (first !== weights) throw new GyrusError('department-model-differs')
  }
}
