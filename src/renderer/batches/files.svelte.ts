import { SvelteMap } from 'svelte/reactivity'
import type { BatchCursor, BatchFile, BatchQuery } from '../../shared/batches.ts'
import { call, failureOf } from '../client/client.ts'
import type { UiFailure } from '../client/transport.ts'
import { keepNear } from '../ui/keep-near.ts'

export const WINDOW = 100
const REFRESH_MS = 500

/** The files of a batch in the order of a query, fetched window by window as they come into view. */
export class FileWindows {
  total = $state<number | null>(null)
  failure = $state.raw<UiFailure | null>(null)
  readonly id: string
  readonly #windows = new SvelteMap<number, BatchFile[]>()
  readonly #ends = new Map<number, BatchCursor>()
  readonly #asked = new Map<number, Promise<void>>()
  #query: BatchQuery
  /** Rows may stand elsewhere now. */
  readonly #onRenewed: () => void
  #generation = 0
  #shown = { first: 0, last: 0 }
  #refreshing: ReturnType<typeof setTimeout> | null = null

  constructor(id: string, query: BatchQuery, onRenewed: () => void) {
    this.id = id
    this.#onRenewed = onRenewed
    this.#query = query
  }

  row(index: number): BatchFile | undefined {
    return this.#windows.get(Math.floor(index / WINDOW))?.[index % WINDOW]
  }

  /** Rows that were fetched, in order. */
  get known(): BatchFile[] {
    return [...this.#windows.keys()].sort((a, b) => a - b).flatMap((window) => this.#windows.get(window) ?? [])
  }

  indexOf(caseId: string): number {
    for (const [window, rows] of this.#windows) {
      const at = rows.findIndex((row) => row.caseId === caseId)
      if (at >= 0) return window * WINDOW + at
    }
    return -1
  }

  /** The row at an index, fetched where it is not known. */
  async fetchRow(index: number): Promise<BatchFile | undefined> {
    if (!this.row(index)) await this.#ask(Math.floor(index / WINDOW))
    return this.row(index)
  }

  use(query: BatchQuery): void {
    this.#query = query
    this.#shown = { first: 0, last: 0 }
    this.#renew()
  }

  show(first: number, last: number): void {
    this.#shown = { first, last }
    for (const window of this.#inView()) void this.#ask(window)
  }

  refresh(): void {
    this.#refreshing ??= setTimeout(() => {
      this.#refreshing = null
      this.#renew()
    }, REFRESH_MS)
  }

  stop(): void {
    if (this.#refreshing) clearTimeout(this.#refreshing)
    this.#refreshing = null
  }

  #inView(): number[] {
    const first = Math.floor(this.#shown.first / WINDOW)
    const last = Math.floor(this.#shown.last / WINDOW)
    return Array.from({ length: last - first + 1 }, (_, i) => first + i)
  }

  #renew(): void {
    this.#generation++
    this.#asked.clear()
    this.#ends.clear()
    for (const window of this.#inView()) void this.#ask(window, true)
  }

  #ask(window: number, renewing = false): Promise<void> {
    const asked = this.#asked.get(window) ?? this.#fetch(window, renewing)
    this.#asked.set(window, asked)
    return asked
  }

  /** From the end of the nearest window before it that is known. */
  async #fetch(window: number, renewing: boolean): Promise<void> {
    const generation = this.#generation
    const before = Math.max(-1, ...[...this.#ends.keys()].filter((one) => one < window))
    const after = this.#ends.get(before) ?? null
    const skip = (window - before - 1) * WINDOW
    try {
      const answer = await call('batches.files', { id: this.id, query: this.#query, after, skip, limit: WINDOW })
      if (generation !== this.#generation) return
      if (renewing) this.#dropOthers()
      this.#windows.set(window, answer.rows)
      keepNear(this.#windows, window, (far) => this.#asked.delete(far))
      if (answer.end && answer.rows.length === WINDOW) this.#ends.set(window, answer.end)
      this.total = answer.total
      this.failure = null
      if (renewing) this.#onRenewed()
    } catch (error) {
      if (generation !== this.#generation) return
      this.#asked.delete(window)
      this.failure = failureOf(error)
    }
  }

  /** Rows out of view are of the state before; they are fetched again when they come into view. */
  #dropOthers(): void {
    for (const window of [...this.#windows.keys()]) if (!this.#asked.has(window)) this.#windows.delete(window)
  }
}
