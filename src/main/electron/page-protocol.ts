import { protocol } from 'electron'
import type { Caller } from '../core/caller.ts'
import { allCallers } from './callers.ts'

export const PAGE_SCHEME = 'gyrus'
const HOST = 'app'
/** The only origin that our windows ever show. */
export const PAGE_ORIGIN = `${PAGE_SCHEME}://${HOST}`

export interface Page {
  /** @param callers all windows that there are */
  fetch(request: Request, callers: Caller[]): Response | Promise<Response>
}

/** Before the app is ready: makes the scheme one with origins, relative addresses and `fetch`. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ])
}

/** Serves the page and its pictures to our windows; nothing comes from `file:`. */
export function servePage(page: Page): void {
  protocol.handle(PAGE_SCHEME, (request) => {
    return isOurAddress(request.url) ? page.fetch(request, allCallers()) : new Response(null, { status: 404 })
  })
}

/** By its parts: Node gives every scheme that it does not know the origin `null`. */
export function isOurAddress(url: string): boolean {
  const { protocol, host } = new URL(url)
  return protocol === `${PAGE_SCHEME}:` && host === HOST
}
