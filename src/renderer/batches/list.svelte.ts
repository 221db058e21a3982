import { SvelteMap } from 'svelte/reactivity'
import type { Batch, BatchAct } from '../../shared/batches.ts'
import { retriedWords } from '../../shared/retried.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { departmentWork } from '../department/work.svelte.ts'
import { foreign } from '../format.ts'
import { intake } from '../intake/intake.svelte.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'

const PAGE = 50
const REFRESH_MS = 500

/** The newest batches, and what can be done with one. */
class Batches {
  list = $state.raw<Batch[] | null>(null)
  failure = $state.raw<UiFailure | null>(null)
  /** Whether there are older ones. */
  more = $state(false)
  /** Batches whose failed files were tried again from this page; what came of it is told when they are through. */
  readonly #retried = new Set<string>()
  #shown = PAGE
  #asking: ReturnType<typeof setTimeout> | null = null
  #endAsking: () => void = () => undefined

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

  tellRetried(id: string): void {
    this.#retried.add(id)
  }

  #tell(list: Batch[]): void {
    for (const { id, state, retried } of list) {
      if (isUnderWay({ state }) || !retried || !this.#retried.delete(id)) continue
      if (retried.tried > retried.failed) toasts.note(retriedWords(retried))
      else toasts.hint(retriedWords(retried))
    }
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
      this.#tell(list)
      this.failure = null
      this.#endAsking()
      if (list.some(isUnderWay)) this.#endAsking = departmentWork.askAgain(() => this.refresh())
    } catch (error) {
      this.failure = failureOf(error)
    }
  }
}

/** It may be another workstation's, which is not heard of with every file. */
export const isUnderWay = ({ state }: Pick<Batch, 'state'>): boolean => state === 'queued' || state === 'running'

export const batches = new Batches()

export function shareOf(batch: Batch): number {
  const { done, total } = reached(batch)
  return total === 0 ? 0 : done / total
}

/** How far it is. While this page hands its files over, the core does not know yet how many there will be. */
export function reached({ id, counts }: Batch): { done: number; total: number } {
  return { done: counts.total - counts.remaining, total: Math.max(counts.total, intake.uploads.totalOf(id)) }
}

/** What was asked for on this page, until it is done. */
const asked = new SvelteMap<string, 'paused' | 'cancelled'>()

/** What a running batch comes to as soon as the files are through that were begun. */
export const stoppingOf = ({ id, state, stopping }: Batch): Batch['stopping'] =>
  state === 'running' ? (asked.get(id) ?? stopping) : null

/** The state in words, with what was asked for and takes its time. */
export function stateWords(batch: Batch): string {
  const stopping = stoppingOf(batch)
  if (batch.waitsFor !== null) return texts.batches.waitsShort(foreign(batch.waitsFor))
  return stopping ? texts.batches.stopping[stopping] : texts.batches.states[batch.state]
}

/** The batch afterwards; null, with the reason told, where it could not be done. */
export async function act(what: BatchAct, id: string): Promise<Batch | null> {
  const stop = what === 'pause' ? 'paused' : what === 'cancel' ? 'cancelled' : null
  if (stop) asked.set(id, stop)
  try {
    const batch = await call(`batches.${what}`, { id })
    if (what === 'retry') batches.tellRetried(id)
    return batch
  } catch (error) {
    toasts.failure(failureOf(error))
    return null
  } finally {
    if (asked.get(id) === stop) asked.delete(id)
    batches.refresh()
  }
}
