import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { GyrusError } from '../../shared/errors.ts'
import { failureResponse } from '../page/index.ts'
import { RateLimit } from './rate-limit.ts'
import { UNAUTHORISED_PAGE } from './unauthorised-page.ts'

/**
 * Requests in ten seconds: of a browser that was let in, far beyond what a page needs that hands over a folder; of all
 * others together.
 */
const LIMITS = { windowMs: 10_000, known: 10_000, strangers: 300 }

const secret = () => randomBytes(32).toString('base64url')

/**
 * Lets in only the browser that opened the one-time link, on this machine. The link's token is good once; it is
 * exchanged for a cookie that scripts cannot read and other sites cannot send. The cookie names the browser's connection,
 * to which the core binds who is signed in there.
 */
export class Access {
  /** SHA-256 of each connection that was let in. */
  readonly #connections = new Set<string>()
  readonly #limits: typeof LIMITS
  readonly #rate: RateLimit
  #token = secret()

  constructor(limits: Partial<typeof LIMITS> = {}) {
    this.#limits = { ...LIMITS, ...limits }
    this.#rate = new RateLimit(this.#limits.windowMs)
  }

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
    const connection = connectionOf(c)
    if (!this.#knows(connection)) return this.#refuse(c)
    if (!this.#rate.take(sha256(connection), this.#limits.known)) return tooMany(c)
    await next()
  }

  #redeem(token: string): boolean {
    const good = same(token, this.#token)
    if (good) this.#token = secret()
    return good
  }

  #welcome(c: Context, port: string): Response {
    // A browser that is let in already stays the same one: who is signed in there stays so.
    if (!this.#knows(connectionOf(c))) {
      const connection = secret()
      this.#connections.add(sha256(connection))
      setCookie(c, cookieName(port), connection, { httpOnly: true, sameSite: 'Strict', path: '/' })
    }
    return c.redirect('/')
  }

  #knows(connection: string): boolean {
    return this.#connections.has(sha256(connection))
  }

  /** However many there are of them: who has the link or the cookie is let in. */
  #refuse(c: Context): Response {
    if (!this.#rate.take('', this.#limits.strangers)) return tooMany(c)
    const wantsPage = c.req.method === 'GET' && c.req.header('accept')?.includes('text/html')
    return wantsPage ? c.html(UNAUTHORISED_PAGE, 401) : failureResponse(c, new GyrusError('unauthorised'))
  }
}

function tooMany(c: Context): Response {
  c.header('retry-after', '10')
  return failureResponse(c, new GyrusError('too-many-requests'))
}

/** The secret that names the browser's connection; '' where it brings none. */
export const connectionOf = (c: Context): string => getCookie(c, cookieName(new URL(c.req.url).port)) ?? ''

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Cookies are shared by all ports of a host; the port in the name keeps two running Gyrus apart. */
const cookieName = (port: string) => `gyrus-${port}`

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
