import type { Caller } from '../core/caller.ts'
import type { Core } from '../core/index.ts'
import { createPage } from '../page/index.ts'
import type { Page } from './page-protocol.ts'

/** A fetch does not tell which window it comes from: pictures go where somebody is signed in at any window. */
export function pageFor(core: Core, rendererDir: string): Page {
  const page = createPage<{ Bindings: { callers: Caller[] } }>(core, rendererDir, {
    sees: (c) => c.env.callers.some((caller) => core.accounts.sees(caller)),
    oversees: (c) => c.env.callers.some((caller) => core.accounts.sees(caller, 'oversee')),
  })
  return { fetch: (request, callers) => page.fetch(request, { callers }) }
}
