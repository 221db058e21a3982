import type { RequestInput } from '../../shared/contract.ts'
import type { KnownPacs, PacsTest } from '../../shared/pacs.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'

export type Tested = 'running' | { answer: PacsTest } | { failure: UiFailure }

/** Connections to PACS, and what their tests showed. */
export class PacsList {
  now = $state.raw<KnownPacs[] | null>(null)
  failure = $state.raw<UiFailure | null>(null)
  tested = $state.raw<Record<string, Tested>>({})
  readonly #stop = onEvent(({ type }) => {
    if (type === 'pacs' || type === 'resync') void this.load()
  })

  stop(): void {
    this.#stop()
  }

  async load(): Promise<void> {
    try {
      this.now = (await call('pacs.list', {})).pacs
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  /** Whether it could be done. */
  async set(change: RequestInput<'pacs.set'>): Promise<boolean> {
    try {
      const { id } = await call('pacs.set', change)
      toasts.note(texts.pacsSettings.saved)
      this.#tell(id, undefined)
      await this.load()
      return true
    } catch (error) {
      toasts.failure(failureOf(error))
      return false
    }
  }

  async remove(id: string): Promise<void> {
    try {
      await call('pacs.remove', { id })
      toasts.note(texts.pacsSettings.removed)
    } catch (error) {
      toasts.failure(failureOf(error))
    }
    await this.load()
  }

  async test(id: string): Promise<void> {
    this.#tell(id, 'running')
    try {
      this.#tell(id, { answer: await call('pacs.test', { id }) })
    } catch (error) {
      this.#tell(id, { failure: failureOf(error) })
    }
  }

  #tell(id: string, tested: Tested | undefined): void {
    const { [id]: _, ...others } = this.tested
    this.tested = tested === undefined ? others : { ...others, [id]: tested }
  }
}
