import type { Batch, BatchAct } from '../../shared/batches.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { toasts } from '../shell/toasts.svelte.ts'

const PAGE = 50
const REFRESH_MS = 500

/** The newest batches, and what can be done with one. */
class Batches {
  list = $state.raw<Batch[] | null>(null)
  failure = $state.raw<UiFailure | null>(null)
  /** Whether there are older ones. */
  more = $state(false)
  #shown = PAGE
  #asking: ReturnType<typeof setTimeout> | null = null

  /** Share of the running batch that is done; null where none runs. */
  readonly running: number | null = $derived.by(() => {
    const batch = this.list?.find(({ state }) => state === 'running')
    return batch ? shareOf(batch) : null
  })

  start(): void {
    onEvent(({ type }) => {
      if (type === 'batch' || type === 'resync') this.refresh()
    })
    this.refresh()
  }

  refresh(): void {
    this.#asking ??= setTimeout(async () => {
      this.#asking = null
      await this.#load()
    }, REFRESH_MS)
  }

  showMore(): void {
    this.#shown += PAGE
    this.refresh()
  }

  async #load(): Promise<void> {
    try {
      const list: Batch[] = []
      while (list.length < this.#shown) {
        const { batches } = await call('batches.list', { before: list.at(-1)?.id ?? null, limit: PAGE })
        list.push(...batches)
        this.more = batches.length === PAGE
        if (!this.more) break
      }
      this.list = list
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }
}

export const batches = new Batches()

export function shareOf({ counts }: Batch): number {
  return counts.total === 0 ? 0 : (counts.total - counts.remaining) / counts.total
}

/** The batch afterwards; null, with the reason told, where it could not be done. */
export async function act(what: BatchAct, id: string): Promise<Batch | null> {
  try {
    return await call(`batches.${what}`, { id })
  } catch (error) {
    toasts.failure(failureOf(error))
    return null
  } finally {
    batches.refresh()
  }
}
