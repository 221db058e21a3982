import { type GyrusError, toGyrusError } from '../../shared/errors.ts'
import type { InstallProgress, NativeEngineInfo } from '../../shared/native-engine.ts'
import type { Store } from '../store/types.ts'
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
  readonly #store: Pick<Store, 'log'>
  readonly #emit: Emit
  #running: { abort: AbortController; done: Promise<void> } | undefined
  #progress: InstallProgress | null = null
  #failure: GyrusError | null = null

  constructor(source: NativeEngineSource, store: Pick<Store, 'log'>, emit: Emit) {
    this.#source = source
    this.#store = store
    this.#emit = emit
  }

  async info(): Promise<NativeEngineInfo> {
    const status = await this.#source.status()
    return { ...status, progress: this.#progress, failure: this.#failure?.toFailure() ?? null }
  }

  /** Begins an installation, or leaves the one that runs alone. */
  install(actor: string): void {
    if (this.#running) return
    const abort = new AbortController()
    this.#failure = null
    this.#running = { abort, done: this.#install(actor, abort.signal) }
  }

  /** Ends an installation; what it fetched is kept for the next one. */
  async cancel(): Promise<void> {
    this.#running?.abort.abort()
    await this.#running?.done
  }

  /** @throws GyrusError `native-engine-busy` and what stands in the way of removing files */
  async remove(actor: string): Promise<number> {
    const freed = await removeLogged(this.#source, this.#store, actor)
    this.#emit({ type: 'native-engine' })
    return freed
  }

  async #install(actor: string, signal: AbortSignal): Promise<void> {
    try {
      const following = { signal, onProgress: (progress: InstallProgress) => this.#tell(progress) }
      await installLogged(this.#source, this.#store, actor, following)
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

/** What comes to run on this machine is on record before it is fetched, and what became of it afterwards. */
export async function installLogged(
  source: Pick<NativeEngineSource, 'install'>,
  store: Pick<Store, 'log'>,
  actor: string,
  following: Parameters<NativeEngineSource['install']>[0],
): Promise<void> {
  const subject = 'native-engine'
  await store.log({ actor, act: 'native-engine.install-began', subject, detail: {} })
  try {
    await source.install(following)
  } catch (error) {
    const { code } = toGyrusError(error)
    await store.log({ actor, act: 'native-engine.install-failed', subject, detail: { code } })
    throw error
  }
  await store.log({ actor, act: 'native-engine.installed', subject, detail: {} })
}

/** @returns bytes that are free again */
export async function removeLogged(
  source: Pick<NativeEngineSource, 'remove'>,
  store: Pick<Store, 'log'>,
  actor: string,
): Promise<number> {
  const freedBytes = await source.remove()
  await store.log({ actor, act: 'native-engine.removed', subject: 'native-engine', detail: { freedBytes } })
  return freedBytes
}
