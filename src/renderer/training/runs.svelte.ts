import type { RunRow } from '../../shared/training-contract.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'

const REFRESH_MS = 500

/** All training runs, kept up to date while the list is looked at. */
export class Runs {
  list = $state.raw<RunRow[] | null>(null)
  failure = $state.raw<UiFailure | null>(null)
  /** Ids of those that wait, the next one first. */
  readonly queue = $derived(
    (this.list ?? [])
      .filter(({ state }) => state === 'queued')
      .toSorted((a, b) => (a.changedAt < b.changedAt ? -1 : 1))
      .map(({ id }) => id),
  )
  #asking: ReturnType<typeof setTimeout> | null = null
  readonly #unsubscribe = onEvent(({ type }) => {
    if (type === 'run' || type === 'resync') this.#refresh()
  })

  stop(): void {
    this.#unsubscribe()
    if (this.#asking !== null) clearTimeout(this.#asking)
  }

  async load(): Promise<void> {
    try {
      this.list = (await call('training.list', {})).runs
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  /** A run tells of every image: once in a while is enough. */
  #refresh(): void {
    this.#asking ??= setTimeout(async () => {
      await this.load()
      this.#asking = null
    }, REFRESH_MS)
  }
}
