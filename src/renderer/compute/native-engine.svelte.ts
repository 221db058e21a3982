import type { NativeEngineInfo } from '../../shared/native-engine.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'

/** The engine that trains whole networks, and its installation, which goes on whoever looks. */
export class NativeEngine {
  info = $state.raw<NativeEngineInfo | null>(null)
  failure = $state.raw<UiFailure | null>(null)
  readonly #stop = onEvent(({ type }) => {
    if (type === 'native-engine' || type === 'resync') void this.load()
  })

  stop(): void {
    this.#stop()
  }

  async load(): Promise<void> {
    try {
      this.info = await call('nativeEngine.get', {})
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  install = (): Promise<void> => this.#try(() => call('nativeEngine.install', {}))
  cancel = (): Promise<void> => this.#try(() => call('nativeEngine.cancel', {}))

  remove = (): Promise<void> =>
    this.#try(async () => {
      const { freedBytes } = await call('nativeEngine.remove', {})
      toasts.note(texts.compute.removed(freedBytes))
    })

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      toasts.failure(failureOf(error))
    }
    await this.load()
  }
}
