import { basename } from 'node:path'
import { type GyrusError, toGyrusError } from '../../../shared/errors.ts'
import type { FoundProvider, Measuring, Providers as Shown } from '../../../shared/providers.ts'
import type { EngineSupervisor } from '../engine-supervisor/index.ts'
import type { StartEngine } from '../engine-supervisor/process.ts'
import { runTask } from '../engine-supervisor/task.ts'
import type { Emit } from '../events.ts'
import { keepMeasured, readMeasured } from './file.ts'
import { measureProviders, type ProviderTrier } from './measure.ts'

/** Pages are told of progress so often, ms. */
const TELL_MS = 200

interface Parts {
  version: string
  /** The data folder. */
  root: string
  engine: Pick<EngineSupervisor, 'status' | 'model'>
  startEngine: StartEngine
  tryProvider: ProviderTrier
  emit: Emit
}

/** What can run the model on this machine, which of it does, and how quick each is: measured when asked, beside reading. */
export class Providers {
  readonly #parts: Parts
  #found: Promise<FoundProvider[]> | undefined
  #running: { abort: AbortController; done: Promise<void> } | undefined
  #measuring: Measuring | null = null
  #failure: GyrusError | null = null
  #toldAt = 0

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** @throws GyrusError errors of `runTask` */
  async get(): Promise<Shown> {
    const { root, engine } = this.#parts
    const [found, measured] = await Promise.all([this.#find(), readMeasured(root)])
    const { model } = engine.status
    const used = model && { provider: model.providerName, engine: model.provider, model: model.card.id }
    const failure = this.#failure?.toFailure() ?? null
    return { found, used, measured, measuring: this.#measuring, failure }
  }

  /** Begins a measurement, or leaves the one that runs alone. */
  measure(): void {
    if (this.#running) return
    const abort = new AbortController()
    this.#failure = null
    this.#running = { abort, done: this.#measure(abort.signal) }
  }

  /** Ends a measurement; the one before it stays. */
  async cancel(): Promise<void> {
    this.#running?.abort.abort()
    await this.#running?.done
  }

  async #measure(signal: AbortSignal): Promise<void> {
    const { root, version, engine, tryProvider } = this.#parts
    try {
      const { model } = engine
      const modelId = engine.status.model?.card.id ?? basename(model.dir)
      const options = { found: await this.#find(), tryProvider, model, modelId, version }
      await keepMeasured(root, await measureProviders(options, { signal, onProgress: (at) => this.#tell(at) }))
    } catch (error) {
      const known = toGyrusError(error)
      // Who cancelled knows it.
      this.#failure = known.code === 'cancelled' ? null : known
    }
    this.#running = undefined
    this.#toldAt = 0
    this.#tell(null)
  }

  /** It stays as it is while Gyrus runs. */
  async #find(): Promise<FoundProvider[]> {
    this.#found ??= runTask(this.#parts.startEngine, 'find-providers', null)
    try {
      return await this.#found
    } catch (error) {
      this.#found = undefined
      throw error
    }
  }

  #tell(measuring: Measuring | null): void {
    this.#measuring = measuring
    if (Date.now() - this.#toldAt < TELL_MS) return
    this.#toldAt = Date.now()
    this.#parts.emit({ type: 'providers' })
  }
}
