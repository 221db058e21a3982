import type { Providers } from '../../shared/providers.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { toasts } from '../shell/toasts.svelte.ts'

/** What can run the model on this machine, and its measurement, which goes on whoever looks. */
export class ProviderList {
  now = $state.raw<Providers | null>(null)
  failure = $state.raw<UiFailure | null>(null)
  readonly #stop = onEvent(({ type }) => {
    if (type === 'providers' || type === 'engine' || type === 'resync') void this.load()
  })

  stop(): void {
    this.#stop()
  }

  async load(): Promise<void> {
    try {
      this.now = await call('providers.get', {})
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  measure = (): Promise<void> => this.#try(() => call('providers.measure', {}))
  cancel = (): Promise<void> => this.#try(() => call('providers.cancel', {}))

  async #try(work: () => Promise<unknown>): Promise<void> {
    await work().catch((error: unknown) => toasts.failure(failureOf(error)))
    await this.load()
  }
}
