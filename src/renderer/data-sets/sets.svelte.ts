import type { DatasetEntry, ImportStatus } from '../../shared/frozen-dataset.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { toasts } from '../shell/toasts.svelte.ts'

/** All versions of all sets, and the import that runs or ran last. */
export class DataSets {
  sets = $state.raw<DatasetEntry[] | null>(null)
  importing = $state.raw<ImportStatus>({ state: 'idle' })
  failure = $state.raw<UiFailure | null>(null)
  readonly #stop = onEvent(({ type }) => {
    if (type === 'dataset-import' || type === 'resync') void this.#follow()
  })

  stop(): void {
    this.#stop()
  }

  async load(): Promise<void> {
    try {
      const [{ sets }, importing] = await Promise.all([call('datasets.list', {}), call('datasets.importStatus', {})])
      this.sets = sets
      this.importing = importing
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  cancel = (): Promise<void> => this.#try(() => call('datasets.cancelImport', {}))
  dismiss = (): Promise<void> => this.#try(() => call('datasets.dismissImport', {}))

  /** A running import tells ten times a second how far it is; the list changes at its end. */
  async #follow(): Promise<void> {
    const importing = await call('datasets.importStatus', {}).catch(() => null)
    if (importing?.state === 'running') this.importing = importing
    else await this.load()
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      toasts.failure(failureOf(error))
    }
    await this.load()
  }
}
