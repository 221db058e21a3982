import { type GyrusError, toGyrusError } from '../../shared/errors.ts'
import type { InstallProgress, NativeEngineInfo } from '../../shared/native-engine.ts'
import type { Emit } from './events.ts'

/** What finds, installs and removes the native engine, given by whoever puts the core together. */
export interface NativeEngineSource {
  status(): Promise<Omit<NativeEngineInfo, 'progress' | 'failure'>>
  install(following: { signal: AbortSignal; onProgress(progress: InstallProgress): void }): Promise<unknown>
  /** @returns bytes that are free again */
  remove(): Promise<number>
}

/** The native engine as the screens see it: an installation runs here while they look at other things. */
export class NativeEngine {
  readonly #source: NativeEngineSource
  readonly #emit: Emit
  #running: { abort: AbortController; done: Promise<void> } | undefined
  #progress: InstallProgress | null = null
  #failure: GyrusError | null = null

  constructor(source: NativeEngineSource, emit: Emit) {
    this.#source = source
    this.#emit = emit
  }

  async info(): Promise<NativeEngineInfo> {
    const status = await this.#source.status()
    return { ...status, progress: this.#progress, failure: this.#failure?.toFailure() ?? null }
  }

  /** Begins an installation, or leaves the one that runs alone. */
  install(): void {
    if (this.#running) return
    const abort = new AbortController()
    this.#failure = null
    this.#running = { abort, done: this.#install(abort.signal) }
  }

  /** Ends an installation; what it fetched is kept for the next one. */
  async cancel(): Promise<void> {
    this.#running?.abort.abort()
    await this.#running?.done
  }

  /** @throws GyrusError `native-engine-busy` and what stands in the way of removing files */
  async remove(): Promise<number> {
    const freed = await this.#source.remove()
    this.#emit({ type: 'native-engine' })
    return freed
  }

  async #install(signal: AbortSignal): Promise<void> {
    try {
      await this.#source.install({ signal, onProgress: (progress) => this.#tell(progress) })
    } catch (error) {
      this.#failure = toGyrusError(error)
    }
    this.#running = undefined
    this.#tell(null)
  }

  #tell(progress: InstallProgress | null): void {
    this.#progress = progress
    this.#emit({ type: 'native-engine' })
  }
}
