import { once } from 'node:events'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { Access } from '../../src/main/loopback/access.ts'
import { RateLimit } from '../../src/main/loopback/rate-limit.ts'
import { type LoopbackServer, startLoopback } from '../../src/main/loopback/server.ts'
import { signInAs } from '../support/accounts.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { openTestCore } from '../support/core.ts'
import { writeTestPage } from '../support/page.ts'

let core: Core
let server: LoopbackServer
let other: LoopbackServer
let base: string
let cookie: string

beforeAll(async () => {
  const end = new Cleanup()
  const folder = temporaryFolder(end.add)
  ;({ core } = await openTestCore(join(folder, 'data'), {}, end.add))
  const limits = { fileMegabytes: 1, archiveMegabytes: 2 }
  const options = { core, rendererDir: writeTestPage(folder), port: 0, uploads: core.folder.incoming, limits }
  server = await startLoopback(options)
  other = await startLoopback(options)
  end.add(() => server.close())
  end.add(() => other.close())
  base = `http://127.0.0.1:${server.port}`
  const reply = await fetch(server.newAddress(), { redirect: 'manual' })
  cookie = (reply.headers.get('set-cookie') ?? '').split(';')[0] as string
  await signInAs(core, { shell: 'loopback', connection: cookie.split('=')[1] ?? '' })
  return end.run
})

const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(base + path, { method: 'POST', body, headers: { cookie, ...headers } })

/** Sends what fetch would not, and gives the answer's first line and headers. */
async function raw(lines: string[]): Promise<string> {
  const socket = connect(server.port, '127.0.0.1')
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  const [first] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  return first.toString('latin1')
}

const reach = (host: string): Promise<string> =>
  new Promise((resolve) => {
    const socket: Socket = connect({ host, port: server.port, timeout: 2_000 })
    const end = (how: string) => {
      socket.destroy()
      resolve(how)
    }
    socket.once('connect', () => end('connected'))
    socket.once('error', ({ message }) => end(message))
    socket.once('timeout', () => end('timeout'))
  })

describe('where it listens', () => {
  it('is 127.0.0.1 and no other address of this machine', async () => {
    expect(await reach('127.0.0.1')).toBe('connected')
    const others = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address))
    for (const address of ['127.0.0.2', '::1', ...others.filter((one) => one !== '127.0.0.1')]) {
      expect(await reach(address), address).not.toBe('connected')
    }
  })

  it('is a free port that the system chooses', () => {
    expect(server.port).not.toBe(other.port)
    for (const { port } of [server, other]) expect(port).toBeGreaterThan(1023)
  })

  it('a cookie of one Gyrus opens no other one', async () => {
    const moved = cookie.replace(String(server.port), String(other.port))
    for (const one of [cookie, moved]) {
      const reply = await fetch(`http://127.0.0.1:${other.port}/`, { headers: { cookie: one } })
      expect(reply.status).toBe(401)
    }
  })
})

describe('a page of another site', () => {
  const EVIL = 'http://evil.example'

  it('is granted nothing by CORS, whatever it asks first', async () => {
    for (const path of ['/', '/api/app.info', '/upload', '/images/x/pixels', '/api/events']) {
      for (const headers of [{ origin: EVIL }, { origin: EVIL, cookie }, { origin: base, cookie }, { cookie }]) {
        const asked = { ...headers, 'access-control-request-method': 'POST' }
        const reply = await fetch(base + path, { method: 'OPTIONS', headers: asked })
        const granted = [...reply.headers.keys()].filter((name) => name.startsWith('access-control'))
        expect(granted, path).toEqual([])
      }
    }
    const reply = await post('/api/app.info', '{}')
    expect(reply.ok).toBe(true)
    expect([...reply.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it.each(['null', EVIL, 'https://127.0.0.1', `http://127.0.0.1.evil.example`, 'file://', 'gyrus://app'])(
    'with the reader’s cookie is refused by its origin: %s',
    async (origin) => {
      expect((await post('/api/app.info', '{}', { origin })).status).toBe(401)
      expect((await post('/upload', 'x', { origin, 'x-gyrus-file-name': 'a.png' })).status).toBe(401)
      expect((await fetch(`${base}/api/events`, { headers: { cookie, origin } })).status).toBe(401)
    },
  )

  it.each([
    ['another name for this machine (DNS rebinding)', 'evil.example:PORT'],
    ['a name that begins like ours', '127.0.0.1.evil.example:PORT'],
    ['another port', '127.0.0.1:1'],
    ['no port', '127.0.0.1'],
    ['another loopback address', '127.0.0.2:PORT'],
    ['an address of all', '0.0.0.0:PORT'],
  ])('with the reader’s cookie is refused by its host: %s', async (_, host) => {
    const named = host.replace('PORT', String(server.port))
    expect(await raw(['GET / HTTP/1.1', `Host: ${named}`, `Cookie: ${cookie}`])).toContain(' 401 ')
  })

  it('opens no WebSocket, nor does anybody: there is none', async () => {
    const ask = (origin: string) =>
      raw([
        ...['GET /api/events HTTP/1.1', `Host: 127.0.0.1:${server.port}`, `Origin: ${origin}`, `Cookie: ${cookie}`],
        ...['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      ])
    expect(await ask(EVIL)).toContain(' 401 ')
    expect(await ask(base)).not.toContain(' 101 ')
  })

  it('cannot use a token twice, or one of before', async () => {
    const [before, now] = [server.newAddress(), server.newAddress()]
    const statusOf = async (address: string) => (await fetch(address, { redirect: 'manual' })).status
    expect(await statusOf(before)).toBe(401)
    expect(await statusOf(now)).toBe(302)
    expect(await statusOf(now)).toBe(401)
  })
})

describe('no path comes from an address', () => {
  it.each([
    '/?path=/etc/passwd',
    '/index.html?file=../../package.json',
    '/images/x/pixels?path=/etc/passwd',
    '/images/..%2f..%2fgyrus.sqlite/pixels',
    '/images/x/thumbnail?file=%2Fetc%2Fpasswd',
    '/data-sets/..%2f..%2fetc/1/passwd',
    '/exports/..%2f..%2f/gyrus.sqlite',
    '/exports/x/..%2f..%2fpackage.json?path=/etc/passwd',
    '/staged/..%2f..?path=/etc',
    '/api/scans.open?paths=/etc/passwd',
  ])('%s', async (path) => {
    for (const method of ['GET', 'POST']) {
      const reply = await fetch(base + path, { method, headers: { cookie }, ...(method === 'POST' && { body: '{}' }) })
      const text = await reply.text()
      expect(text, method).not.toMatch(/root:|SQLite format|"dependencies"/)
    }
  })
})

describe('how much is taken', () => {
  it('a request is refused beyond its size, also where it does not say how large it is', async () => {
    const { status } = await new Promise<{ status: number }>((resolve, reject) => {
      const headers = { cookie, 'transfer-encoding': 'chunked' }
      const options = { host: '127.0.0.1', port: server.port, path: '/api/app.info', method: 'POST', headers }
      const asking = request(options, (reply) => resolve({ status: reply.resume().statusCode ?? 0 })).on(
        'error',
        reject,
      )
      for (let piece = 0; piece < 3; piece++) asking.write('x'.repeat(2 ** 19))
      asking.end('x')
    })
    expect(status).toBe(400)
  })

  it('an upload is refused beyond its size, and is on record as failed', async () => {
    const large = new Uint8Array(1.5 * 2 ** 20)
    const headers = { 'x-gyrus-file-name': 'large.png', connection: 'close' }
    await post('/upload', large, headers).catch(() => undefined)
    const listed = async () => {
      const reply = await post('/api/cases.list', JSON.stringify({ query: { search: 'large.png' } }))
      return ((await reply.json()) as { ok: { rows: object[] } }).ok.rows
    }
    await expect.poll(listed).toMatchObject([{ state: 'failed', failure: { code: 'file-too-large' } }])
  })

  it('a flood of strangers is answered shortly, and keeps nobody out who has the link or the cookie', async () => {
    const statuses: number[] = []
    for (let turn = 0; turn < 40; turn++) {
      const replies = await Promise.all(Array.from({ length: 10 }, () => fetch(`${base}/?token=guess${turn}`)))
      statuses.push(...replies.map(({ status }) => status))
    }
    expect(statuses).toContain(401)
    expect(statuses.at(-1)).toBe(429)
    expect((await post('/api/app.info', '{}')).status).toBe(200)
    expect((await fetch(server.newAddress(), { redirect: 'manual' })).status).toBe(302)
  })

  it('a page that was let in and asks without end is held up', async () => {
    const access = new Access({ known: 3 })
    const app = new Hono().use(access.guard).get('/', (c) => c.text('here'))
    const ask = async (path: string, own = '') =>
      app.request(`http://127.0.0.1:8080${path}`, { headers: { host: '127.0.0.1:8080', cookie: own } })
    const welcome = await ask(access.newLink())
    expect(welcome.status).toBe(302)
    const own = (welcome.headers.get('set-cookie') ?? '').split(';')[0] as string
    const statuses: number[] = []
    for (let turn = 0; turn < 5; turn++) statuses.push((await ask('/', own)).status)
    expect(statuses).toEqual([200, 200, 200, 429, 429])
    // Strangers have a count of their own.
    expect((await ask('/')).status).toBe(401)
  })

  it('is counted anew after a while, and for each by itself', () => {
    const rate = new RateLimit(1000)
    expect([0, 1, 2].map((at) => rate.take('a', 2, at))).toEqual([true, true, false])
    expect(rate.take('b', 2, 3)).toBe(true)
    expect(rate.take('a', 2, 1001)).toBe(true)
  })
})
