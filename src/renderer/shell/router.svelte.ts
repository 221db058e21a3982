/**
 * The page that the address names: `#/` is the work list (with its filters behind `?`, see work-list/address.ts),
 * `#/case/<id>` a case, `#/batches` and `#/batch/<id>` batches, `#/audit` the audit trail, `#/accounts` who may work here,
 * `#/readings` how the AI changed readings, `#/care` backups, rules of retention and one patient's data.
 */
export type Route = { page: 'work-list' | Page } | { page: 'case' | 'batch'; id: string }

const PAGES = ['batches', 'audit', 'accounts', 'readings', 'care'] as const
type Page = (typeof PAGES)[number]

function parse(hash: string): Route {
  const named = PAGES.find((page) => hash === `#/${page}`)
  if (named) return { page: named }
  const [, page, id] = /^#\/(case|batch)\/([0-9a-f-]{36})$/.exec(hash) ?? []
  return id ? { page: page as 'case' | 'batch', id } : { page: 'work-list' }
}

export const batchUrl = (id: string) => `#/batch/${id}`
export const caseUrl = (id: string) => `#/case/${id}`

class Router {
  route = $state<Route>(parse(location.hash))
  /** The batch that the open case was opened from; leaving the case leads back to it. */
  fromBatch = $state<string | null>(null)

  constructor() {
    addEventListener('hashchange', () => {
      const before = this.route
      this.route = parse(location.hash)
      if (this.route.page !== 'case') this.fromBatch = null
      else if (before.page !== 'case') this.fromBatch = before.page === 'batch' ? before.id : null
    })
  }

  /** Opens a case. From case to case the history is not filled, so that Back leads to the work list. */
  openCase(id: string): void {
    if (this.route.page === 'case') location.replace(caseUrl(id))
    else location.hash = caseUrl(id)
  }

  /** To the list that the case was opened from. */
  goBack(): void {
    location.hash = this.back
  }

  openBatch(id: string): void {
    location.hash = batchUrl(id)
  }

  /** Where a case leads back to. */
  get back(): string {
    return this.fromBatch === null ? '#/' : batchUrl(this.fromBatch)
  }
}

export const router = new Router()
