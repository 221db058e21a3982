import { SvelteMap } from 'svelte/reactivity'
import type { CasePage, CaseQuery, CaseRow, FileColumn } from '../../shared/cases.ts'
import { call, failureOf } from '../client/client.ts'
import type { UiFailure } from '../client/transport.ts'
import { keepNear } from '../ui/keep-near.ts'

export const PAGE = 100
/** Not more often than this is the list asked again while cases stream in. */
const REFRESH_MS = 400

/** The cases of a query, fetched page by page as they come into view. */
export class CasePages {
  /** Cases that match; null until the first answer. */
  total = $state<number | null>(null)
  /** More match than are listed. */
  more = $state(false)
  all = $state(0)
  unread = $state(0)
  waiting = $state.raw<CasePage['waiting']>({ second: 0, adjudication: 0 })
  /** What the files of the whole record say of themselves. */
  columns = $state.raw<FileColumn[]>([])
  failure = $state.raw<UiFailure | null>(null)
  /** Grows with every answer that replaced the rows, so that a view can follow its selection. */
  version = $state(0)

  readonly #pages = new SvelteMap<number, CaseRow[]>()
  readonly #asked = new Set<number>()
  #query: CaseQuery | null = null
  #generation = 0
  #shown = { first: 0, last: 0 }
  #refreshing: ReturnType<typeof setTimeout> | null = null

  row(index: number): CaseRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE]
  }

  /** Where a case is among the fetched rows; -1 where it is not among them. */
  indexOf(id: string): number {
    for (const [page, rows] of this.#pages) {
      const at = rows.findIndex((row) => row.id === id)
      if (at >= 0) return page * PAGE + at
    }
    return -1
  }

  /** The query from now on. The rows shown stay until the first answer replaces them. */
  use(query: CaseQuery): void {
    if (query !== this.#query) this.#shown = { first: 0, last: 0 }
    this.#query = query
    this.#renew()
  }

  /** Tells which rows are in view. */
  show(first: number, last: number): void {
    this.#shown = { first, last }
    for (const page of this.#inView()) if (!this.#asked.has(page)) void this.#fetch(page)
  }

  /** Something changed: asks again for what is in view, soon. */
  refresh(): void {
    this.#refreshing ??= setTimeout(() => {
      this.#refreshing = null
      this.#renew()
    }, REFRESH_MS)
  }

  stop(): void {
    if (this.#refreshing) clearTimeout(this.#refreshing)
    this.#generation++
  }

  #inView(): number[] {
    const first = Math.floor(this.#shown.first / PAGE)
    const last = Math.floor(this.#shown.last / PAGE)
    return Array.from({ length: last - first + 1 }, (_, i) => first + i)
  }

  #renew(): void {
    this.#generation++
    this.#asked.clear()
    for (const page of this.#inView()) void this.#fetch(page, true)
  }

  async #fetch(page: number, renewing = false): Promise<void> {
    if (!this.#query) return
    const generation = this.#generation
    this.#asked.add(page)
    try {
      const answer = await call('cases.list', { query: this.#query, offset: page * PAGE, limit: PAGE })
      if (generation !== this.#generation) return
      if (renewing) this.#dropOthers()
      this.#pages.set(page, answer.rows)
      keepNear(this.#pages, page, (far) => this.#asked.delete(far))
      this.total = answer.total
      this.more = answer.more
      this.all = answer.all
      this.unread = answer.unread
      this.waiting = answer.waiting
      this.columns = answer.columns
      this.failure = null
      if (renewing) this.version++
    } catch (error) {
      if (generation !== this.#generation) return
      this.#asked.delete(page)
      this.failure = failureOf(error)
    }
  }

  /** Rows out of view are of the state before; they are fetched again when they come into view. */
  #dropOthers(): void {
    for (const page of [...this.#pages.keys()]) if (!this.#asked.has(page)) this.#pages.delete(page)
  }
}
