/**
 * The page that the address names: `#/` is the work list, `#/case/<id>` a case, `#/audit` the audit trail, `#/accounts`
 * who may work here.
 */
export type Route = { page: 'work-list' | 'audit' | 'accounts' } | { page: 'case'; id: string }

function parse(hash: string): Route {
  if (hash === '#/accounts') return { page: 'accounts' }
  const id = /^#\/case\/([0-9a-f-]{36})$/.exec(hash)?.[1]
  if (hash === '#/audit') return { page: 'audit' }
  return id ? { page: 'case', id } : { page: 'work-list' }
}

export const caseUrl = (id: string) => `#/case/${id}`

class Router {
  route = $state<Route>(parse(location.hash))

  constructor() {
    addEventListener('hashchange', () => {
      this.route = parse(location.hash)
    })
  }

  /** Opens a case. From case to case the history is not filled, so that Back leads to the work list. */
  openCase(id: string): void {
    if (this.route.page === 'case') location.replace(caseUrl(id))
    else location.hash = caseUrl(id)
  }

  openWorkList(): void {
    location.hash = '#/'
  }
}

export const router = new Router()
