import { protocol } from 'electron'

export const PAGE_SCHEME = 'gyrus'
const HOST = 'app'
/** The only origin that our windows ever show. */
export const PAGE_ORIGIN = `${PAGE_SCHEME}://${HOST}`

/** Serves the page and its pictures to our windows; nothing comes from `file:`. */
export function servePage(page: { fetch(request: Request): Response | Promise<Response> }): void {
  protocol.handle(PAGE_SCHEME, (request) => {
    return new URL(request.url).host === HOST ? page.fetch(request) : new Response(null, { status: 404 })
  })
}
