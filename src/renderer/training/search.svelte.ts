import type { RequestOutput } from '../../shared/contract.ts'
import type { TrialRow } from '../../shared/search-contract.ts'
import type { RecipeChanges } from '../../shared/training.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { toasts } from '../shell/toasts.svelte.ts'

const REFRESH_MS = 500

export type TrialColumn = 'number' | 'loss' | 'recall' | 'seconds' | keyof RecipeChanges

/** A search, followed while it is looked at. */
export class OpenSearch {
  readonly id: string
  found = $state.raw<RequestOutput<'search.get'> | null>(null)
  failure = $state.raw<UiFailure | null>(null)
  sort = $state<{ by: TrialColumn; down: boolean }>({ by: 'number', down: false })
  #asking: ReturnType<typeof setTimeout> | null = null
  readonly #unsubscribe = onEvent((event) => {
    const ours = event.type === 'run' && (event.id === this.id || event.id.startsWith(`${this.id}-`))
    if (ours || event.type === 'resync') this.#refresh()
  })

  /** What is varied, in the order in which it was asked. */
  readonly varied = $derived(this.found?.search.request.ranges.map(({ name }) => name) ?? [])
  /** Trials without a value come last, whichever way it goes. */
  readonly trials = $derived.by(() => {
    const { by, down } = this.sort
    const end = down ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
    const key = (trial: TrialRow) => figureOf(trial, by) ?? end
    return (this.found?.trials ?? []).toSorted((a, b) => (down ? key(b) - key(a) : key(a) - key(b)))
  })
  readonly best = $derived(
    this.found?.trials.find(({ run }) => run !== null && run === this.found?.search.best) ?? null,
  )
  /** Seconds that its trials took. */
  readonly spent = $derived((this.found?.trials ?? []).reduce((sum, { seconds }) => sum + (seconds ?? 0), 0))

  constructor(id: string) {
    this.id = id
  }

  stop(): void {
    this.#unsubscribe()
    if (this.#asking !== null) clearTimeout(this.#asking)
  }

  async load(): Promise<void> {
    try {
      this.found = await call('search.get', { id: this.id })
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  /** Sorts by a column; the same one again turns it round. */
  sortBy(by: TrialColumn): void {
    this.sort = { by, down: this.sort.by === by && !this.sort.down }
  }

  cancel = (): Promise<void> => this.#try(() => call('search.cancel', { id: this.id }))
  resume = (): Promise<void> => this.#try(() => call('search.resume', { id: this.id }))

  #refresh(): void {
    this.#asking ??= setTimeout(async () => {
      await this.load()
      this.#asking = null
    }, REFRESH_MS)
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

export function figureOf({ number, validation, seconds, changes }: TrialRow, column: TrialColumn): number | null {
  if (column === 'number') return number
  if (column === 'loss') return validation?.loss ?? null
  if (column === 'recall') return validation?.macroRecall ?? null
  if (column === 'seconds') return seconds
  return changes[column] ?? null
}
