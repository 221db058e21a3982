import { protocol } from 'electron'
import type { Caller } from '../core/caller.ts'
import { allCallers } from './callers.ts'

export const PAGE_SCHEME = 'gyrus'
/** Where the screens are. */
export const PAGE_HOST = 'app'
/** Where the passphrase is asked for, before there is a core: another origin, whose page may ask nothing else. */
export const PASSPHRASE_HOST = 'passphrase'

export const originOf = (host: string) => `${PAGE_SCHEME}://${host}`
/** The only origin that our windows ever show, once the record is open. */
export const PAGE_ORIGIN = originOf(PAGE_HOST)

export interface Page {
  /** @param callers all windows that there are */
  fetch(request: Request, callers: Caller[]): Response | Promise<Response>
}

const pages = new Map<string, Page>()

/** Before the app is ready: makes the scheme one with origins, relative addresses and `fetch`. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ])
}

/** Serves a page and its pictures to our windows, under a host of its own; nothing comes from `file:`. */
export function servePage(host: string, page: Page): void {
  const isFirst = pages.size === 0
  pages.set(host, page)
  if (!isFirst) return
  protocol.handle(PAGE_SCHEME, (request) => {
    return pages.get(new URL(request.url).host)?.fetch(request, allCallers()) ?? new Response(null, { status: 404 })
  })
}

/** By its parts: Node gives every scheme that it does not know the origin `null`. */
export function isOurAddress(url: string): boolean {
  const { protocol, host } = new URL(url)
  return protocol === `${PAGE_SCHEME}:` && host === PAGE_HOST
}
