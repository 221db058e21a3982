import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { GyrusError } from '../../shared/errors.ts'
import { failureResponse } from '../page/index.ts'
import { UNAUTHORISED_PAGE } from './unauthorised-page.ts'

const secret = () => randomBytes(32).toString('base64url')

/**
 * Lets in only the browser that opened the one-time link, on this machine. The link's token is good once; it is
 * exchanged for a session cookie that scripts cannot read and other sites cannot send.
 */
export class Access {
  readonly #session = secret()
  #token = secret()

  /** Path of a new one-time link; the one before is no longer good. */
  newLink(): string {
    this.#token = secret()
    return `/?token=${this.#token}`
  }

  readonly guard: MiddlewareHandler = async (c, next) => {
    const url = new URL(c.req.url)
    const host = c.req.header('host') ?? ''
    const origin = c.req.header('origin')
    // Another site's page that got a name of its own pointed at this address (DNS rebinding) has another host.
    const here = host === `127.0.0.1:${url.port}` || host === `localhost:${url.port}`
    if (!here || (origin !== undefined && origin !== `http://${host}`)) return this.#refuse(c)
    const token = c.req.path === '/' ? c.req.query('token') : undefined
    if (token !== undefined && this.#redeem(token)) return this.#welcome(c, url.port)
    if (!same(getCookie(c, cookieName(url.port)) ?? '', this.#session)) return this.#refuse(c)
    await next()
  }

  #redeem(token: string): boolean {
    const good = same(token, this.#token)
    if (good) this.#token = secret()
    return good
  }

  #welcome(c: Context, port: string): Response {
    setCookie(c, cookieName(port), this.#session, { httpOnly: true, sameSite: 'Strict', path: '/' })
    return c.redirect('/')
  }

  #refuse(c: Context): Response {
    const wantsPage = c.req.method === 'GET' && c.req.header('accept')?.includes('text/html')
    return wantsPage ? c.html(UNAUTHORISED_PAGE, 401) : failureResponse(c, new GyrusError('unauthorised'))
  }
}

/** Cookies are shared by all ports of a host; the port in the name keeps two running Gyrus apart. */
const cookieName = (port: string) => `gyrus-${port}`

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
