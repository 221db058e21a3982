import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { streamSSE } from 'hono/streaming'
import { GyrusError } from '../../shared/errors.ts'
import { namesPaths } from '../../shared/path-requests.ts'
import type { Caller } from '../core/caller.ts'
import type { Core } from '../core/index.ts'
import { createPage, failureResponse } from '../page/index.ts'
import { statusOf } from '../page/status.ts'
import { Access, connectionOf } from './access.ts'
import { EventFeed } from './event-feed.ts'
import { receiveStaged, receiveUpload, UPLOAD_LIMITS, type UploadLimits } from './upload.ts'

const MEGABYTE = 2 ** 20
const MAX_REQUEST = MEGABYTE

export interface LoopbackServer {
  port: number
  /** A fresh one-time address. */
  newAddress(): string
  close(): Promise<void>
}

/** Serves the app to a browser on this machine, at 127.0.0.1 only. @throws GyrusError `port-unusable` */
export async function startLoopback(options: {
  core: Core
  rendererDir: string
  port: number
  uploads: string
  limits?: UploadLimits
}): Promise<LoopbackServer> {
  const { core, uploads: folder, limits = UPLOAD_LIMITS } = options
  const access = new Access()
  const callerOf = (c: Context): Caller => ({ shell: 'loopback', connection: connectionOf(c) })
  const app = new Hono()
  app.use(access.guard)
  app.get('/api/events', (c) => {
    const caller = callerOf(c)
    return streamSSE(c, (stream) => new EventFeed(core.events, () => core.accounts.sees(caller)).run(stream))
  })
  app.post('/api/:name', bodyLimit({ maxSize: MAX_REQUEST, onError: refuseLarge }), async (c) => {
    const name = c.req.param('name')
    // It cannot give paths, and must not.
    if (namesPaths(name)) throw new GyrusError('request-invalid', { reason: 'a browser cannot open paths' })
    const reply = await core.request(name, await readJson(c), callerOf(c))
    return c.json(reply, 'failure' in reply ? statusOf(reply.failure) : 200)
  })
  app.post('/upload', async (c) => {
    const { name } = await core.accounts.require(callerOf(c), 'review', 'upload')
    await receiveUpload(c, core, name, { folder, limits })
    return c.json({ ok: {} })
  })
  app.post('/staged/:id', async (c) => {
    const { name } = await core.accounts.require(callerOf(c), 'administer', 'staged')
    await receiveStaged(c, core, name)
    return c.json({ ok: {} })
  })
  const looks = {
    sees: (c: Context) => core.accounts.sees(callerOf(c)),
    oversees: (c: Context) => core.accounts.sees(callerOf(c), 'oversee'),
  }
  app.route('/', createPage(core, options.rendererDir, looks))
  app.onError((error, c) => failureResponse(c, error))

  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: options.port })
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) =>
      reject(new GyrusError('port-unusable', { port: options.port, reason: error.code ?? error.message }))
    server.once('listening', resolve).once('error', refuse)
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    newAddress: () => `http://127.0.0.1:${port}${access.newLink()}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

function refuseLarge(): never {
  throw new GyrusError('request-invalid', { reason: 'it is larger than a request can be' })
}

async function readJson(c: Context): Promise<unknown> {
  return c.req.json().catch(() => {
    throw new GyrusError('request-invalid', { reason: 'the body is not JSON' })
  })
}
