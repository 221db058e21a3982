import { Readable } from 'node:stream'
import { type Context, type Env, Hono, type MiddlewareHandler } from 'hono'
import { PIXELS_HEADER } from '../../shared/contract.ts'
import { GyrusError, toGyrusError } from '../../shared/errors.ts'
import { WHOSE } from '../core/accounts/rights.ts'
import type { Download } from '../core/downloads.ts'
import type { Core } from '../core/index.ts'
import { listPageFiles, pageFileResponse } from './files.ts'
import { statusOf } from './status.ts'

/**
 * What the page may load and do. Scripts and styles only from here; `wasm-unsafe-eval` and blob workers are for the
 * viewer's codecs.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Who asks, by their shell. */
export interface Looks<E extends Env> {
  /** Whether they may look at pictures of cases and exports. */
  sees(c: Context<E>): boolean
  /** Whether they may look at pictures of data sets, too. */
  oversees(c: Context<E>): boolean
}

/**
 * What every page may fetch, in any shell: its own files; and where somebody is signed in, pictures of cases and exports
 * that it had prepared.
 */
export function createPage<E extends Env>(core: Core, rendererDir: string, { sees, oversees }: Looks<E>): Hono<E> {
  const page = new Hono<E>()
  const files = listPageFiles(rendererDir)

  page.use(async (c, next) => {
    await next()
    c.res.headers.set('content-security-policy', CONTENT_SECURITY_POLICY)
    c.res.headers.set('x-content-type-options', 'nosniff')
    c.res.headers.set('referrer-policy', 'no-referrer')
    c.res.headers.set('cross-origin-opener-policy', 'same-origin')
    c.res.headers.set('cross-origin-resource-policy', 'same-origin')
  })
  const signedIn: MiddlewareHandler<E> = async (c, next) => {
    if (!sees(c)) throw new GyrusError('not-signed-in')
    await next()
  }
  const overseeing: MiddlewareHandler<E> = async (c, next) => {
    if (!oversees(c)) throw new GyrusError('not-allowed', { name: 'of this window', role: WHOSE.oversee })
    await next()
  }
  page.use('/images/*', signedIn)
  page.use('/exports/*', signedIn)
  page.use('/data-sets/*', signedIn)
  page.use('/data-sets/*', overseeing)
  page.get('/data-sets/:name/:version/:sha256', async (c) => {
    const { name, version, sha256 } = c.req.param()
    return image(c, await core.datasetPictures.thumbnail(name, Number(version), sha256), {
      'content-type': 'image/webp',
    })
  })
  page.get('/images/:id/pixels', async (c) => {
    const { header, data } = await core.images.pixels(c.req.param('id'), frameOf(c.req.query('frame')))
    return image(c, data, { 'content-type': 'application/octet-stream', [PIXELS_HEADER]: JSON.stringify(header) })
  })
  page.get('/images/:id/thumbnail', async (c) => {
    return image(c, await core.images.thumbnail(c.req.param('id')), { 'content-type': 'image/webp' })
  })
  page.get('/exports/:ticket/:name', (c) => {
    const download = core.downloads.take(c.req.param('ticket'))
    return download ? downloadResponse(download) : c.notFound()
  })
  page.get('*', async (c) => {
    const urlPath = c.req.path === '/' ? '/index.html' : c.req.path
    const path = files.get(urlPath)
    return path === undefined ? c.notFound() : pageFileResponse(urlPath, path)
  })
  page.onError((error, c) => failureResponse(c, error))
  return page
}

/** Patients' pictures stay out of the browser's cache on disk. */
const image = (c: Context, data: Uint8Array, headers: Record<string, string>) =>
  c.body(data as Uint8Array<ArrayBuffer>, 200, { ...headers, 'cache-control': 'no-store' })

/** Written as it is read: a table of a batch may be long. */
const downloadResponse = ({ fileName, mediaType, content }: Download) =>
  new Response(Readable.toWeb(Readable.from(content, { objectMode: false })) as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': mediaType,
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'no-store',
    },
  })

export function failureResponse(c: Context, error: unknown): Response {
  const failure = toGyrusError(error).toFailure()
  return c.json({ failure }, statusOf(failure))
}

/** Which of a file's images an address asks for. @throws GyrusError `request-invalid` */
function frameOf(asked: string | undefined): number | undefined {
  if (asked === undefined) return undefined
  if (!/^\d{1,9}$/.test(asked)) throw new GyrusError('request-invalid', { reason: 'frame: a whole number from 0 on' })
  return Number(asked)
}
