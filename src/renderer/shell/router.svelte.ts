/**
 * The page that the address names: `#/` is the work list (with its filters behind `?`, see work-list/address.ts),
 * `#/case/<id>` a case (with `?slice=<n>` from 1 on, a slice of its stack), `#/case/<id>/what-if` what is tried out on it (with `?slice=<n>` on that frame of its file), `#/batches` and `#/batch/<id>` batches, `#/audit`
 * the audit trail, `#/readings` how the AI changed readings, `#/pacs` a search in a PACS, and
 * `#/admin/<section>[/<id>[/<view>]]` a part of the admin panel (admin/sections.ts).
 */
export type Route =
  | { page: 'work-list' | Page }
  | { page: 'case'; id: string; slice: number | null }
  | { page: 'what-if'; id: string; slice: number | null }
  | { page: 'batch'; id: string }
  | { page: 'admin'; section: string | null; id: string | null; view: string | null }

const PAGES = ['batches', 'audit', 'readings', 'pacs'] as const
/** Pages that became parts of the admin panel, at addresses that readers may have kept. */
const MOVED: Record<string, string> = { '#/accounts': '#/admin/accounts', '#/care': '#/admin/care' }
type Page = (typeof PAGES)[number]

function parse(hash: string): Route {
  const named = PAGES.find((page) => hash === `#/${page}`)
  if (named) return { page: named }
  const admin = /^#\/admin(?:\/([a-z-]+)(?:\/([\w.@-]+)(?:\/([a-z]+))?)?)?$/.exec(decoded(hash))
  if (admin) return { page: 'admin', section: admin[1] ?? null, id: admin[2] ?? null, view: admin[3] ?? null }
  const [, id, slice] = /^#\/case\/([0-9a-f-]{36})(?:\?slice=([1-9]\d{0,5}))?$/.exec(hash) ?? []
  if (id) return { page: 'case', id, slice: slice === undefined ? null : Number(slice) }
  const [, tried, frame] = /^#\/case\/([0-9a-f-]{36})\/what-if(?:\?slice=([1-9]\d{0,5}))?$/.exec(hash) ?? []
  if (tried) return { page: 'what-if', id: tried, slice: frame === undefined ? null : Number(frame) }
  const [, batch] = /^#\/batch\/([0-9a-f-]{36})$/.exec(hash) ?? []
  return batch ? { page: 'batch', id: batch } : { page: 'work-list' }
}

/** The address, put right where it is one of before. */
function now(): string {
  const moved = MOVED[location.hash]
  if (moved === undefined) return location.hash
  history.replaceState(null, '', moved)
  return moved
}

/** As it is where it was typed wrong. */
function decoded(hash: string): string {
  try {
    return decodeURIComponent(hash)
  } catch {
    return hash
  }
}

export const batchUrl = (id: string) => `#/batch/${id}`
/** @param slice of its stack, from 1 on; null where it is to open by itself */
export const caseUrl = (id: string, slice: number | null = null) => `#/case/${id}${sliceQuery(slice)}`

/** @param slice the frame of its file, from 1 on; null for its one image */
export const whatIfUrl = (id: string, slice: number | null = null) => `${caseUrl(id)}/what-if${sliceQuery(slice)}`

const sliceQuery = (slice: number | null) => (slice === null ? '' : `?slice=${slice}`)

const isOfCase = ({ page }: Route) => page === 'case' || page === 'what-if'

class Router {
  route = $state<Route>(parse(now()))
  /** The batch that the open case was opened from; leaving the case leads back to it. */
  fromBatch = $state<string | null>(null)

  /** That of `route`. */
  #address = location.hash
  #holds: ((to: string) => boolean) | null = null

  constructor() {
    addEventListener('hashchange', () => {
      const before = this.route
      if (this.#holds?.(location.hash)) {
        history.replaceState(null, '', this.#address)
        return
      }
      this.#address = now()
      this.route = parse(this.#address)
      if (!isOfCase(this.route)) this.fromBatch = null
      else if (!isOfCase(before)) this.fromBatch = before.page === 'batch' ? before.id : null
    })
  }

  /** Another reader comes: the address of what the one before looked at goes. */
  begin(): void {
    history.replaceState(null, '', '#/')
    this.#holds = null
    this.#address = now()
    this.route = parse(this.#address)
    this.fromBatch = null
  }

  /** Opens a case. From case to case the history is not filled, so that Back leads to the work list. */
  openCase(id: string, slice: number | null = null): void {
    if (this.route.page === 'case') location.replace(caseUrl(id, slice))
    else location.hash = caseUrl(id, slice)
  }

  /**
   * A page that must not be left without asking.
   *
   * @param holds is told where to, and whether the page stays
   * @returns what ends it
   */
  hold(holds: (to: string) => boolean): () => void {
    this.#holds = holds
    return () => {
      if (this.#holds === holds) this.#holds = null
    }
  }

  /** To the list that the case was opened from. */
  goBack(): void {
    location.hash = this.back
  }

  openBatch(id: string): void {
    location.hash = batchUrl(id)
  }

  /** The data set, run or model that is open in the admin panel. */
  get thing(): string | null {
    return this.route.page === 'admin' ? this.route.id : null
  }

  /** What of it is looked at, where that is not all: the results of a model. */
  get view(): string | null {
    return this.route.page === 'admin' ? this.route.view : null
  }

  /** Where a case leads back to. */
  get back(): string {
    return this.fromBatch === null ? '#/' : batchUrl(this.fromBatch)
  }
}

export const router = new Router()
