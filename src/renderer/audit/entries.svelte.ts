import type { AuditEntryRow, AuditPlace, AuditQuery } from '../../shared/audit.ts'
import { call, failureOf } from '../client/client.ts'
import type { UiFailure } from '../client/transport.ts'

const PAGE = 100
/** Rows before the end at which the next page is asked for. */
const AHEAD = 50

/** The entries of a query, newest first, fetched one page behind the other as the reader scrolls down. */
class Entries {
  rows = $state.raw<AuditEntryRow[]>([])
  /** Entries that match; null until the first answer. */
  total = $state<number | null>(null)
  failure = $state.raw<UiFailure | null>(null)
  actors = $state.raw<string[]>([])
  acts = $state.raw<string[]>([])
  #query: AuditQuery | null = null
  #next: AuditPlace | null = null
  #generation = 0
  #fetching = false

  /** The query from now on. The rows shown stay until the first answer replaces them. */
  async use(query: AuditQuery): Promise<void> {
    this.#query = query
    const generation = ++this.#generation
    this.#fetching = true
    try {
      const [page, { total }] = await Promise.all([
        call('audit.list', { query, limit: PAGE }),
        call('audit.count', { query }),
      ])
      if (generation !== this.#generation) return
      this.rows = page.entries
      this.#next = page.next
      this.total = total
      this.failure = null
    } catch (error) {
      if (generation === this.#generation) this.failure = failureOf(error)
    }
    if (generation === this.#generation) this.#fetching = false
  }

  refresh(): void {
    if (this.#query) void this.use(this.#query)
  }

  /** Tells how far down the reader looks. */
  show(last: number): void {
    if (last + AHEAD >= this.rows.length && this.#next && !this.#fetching) void this.#more(this.#next)
  }

  async loadFacets(): Promise<void> {
    const facets = await call('audit.facets', {}).catch(() => null)
    this.actors = facets?.actors ?? this.actors
    this.acts = facets?.acts ?? this.acts
  }

  async #more(after: AuditPlace): Promise<void> {
    if (!this.#query) return
    const generation = this.#generation
    this.#fetching = true
    try {
      const page = await call('audit.list', { query: this.#query, after, limit: PAGE })
      if (generation !== this.#generation) return
      this.rows = [...this.rows, ...page.entries]
      this.#next = page.next
      this.failure = null
    } catch (error) {
      if (generation === this.#generation) this.failure = failureOf(error)
    }
    if (generation === this.#generation) this.#fetching = false
  }
}

export const entries = new Entries()
