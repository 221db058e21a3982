import { request } from 'node:http'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { type LoopbackServer, startLoopback } from '../../src/main/loopback/server.ts'
import type { Batch } from '../../src/shared/batches.ts'
import type { CaseRow } from '../../src/shared/cases.ts'
import { contract, PIXELS_HEADER, pixelsHeaderSchema } from '../../src/shared/contract.ts'
import { DEFAULT_GATE, type ReferenceSet } from '../../src/shared/gate.ts'
import { DEFAULT_MOUSE } from '../../src/shared/keys.ts'
import { trainingRequestSchema } from '../../src/shared/training.ts'
import { PASSWORD, READER, signInAs } from '../support/accounts.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { openTestCore } from '../support/core.ts'
import { picture } from '../support/images.ts'
import { writeTestPage } from '../support/page.ts'

/** Whole, so that nothing but its paths can be what is refused. */
const TRAINING = trainingRequestSchema.parse({
  set: '/etc',
  tumours: ['/etc/passwd'],
  recipe: 'head',
  changes: {},
  split: { by: 'group', validation: 0.1 },
  seed: 1,
})
const REFERENCE: ReferenceSet = {
  path: '/etc',
  split: null,
  images: 1,
  sha256: 'a'.repeat(64),
  classesSha256: 'b'.repeat(64),
}

let core: Core
let server: LoopbackServer
let base: string
let cookie: string

beforeAll(async () => {
  const end = new Cleanup()
  const folder = temporaryFolder(end.add)
  ;({ core } = await openTestCore(join(folder, 'data'), {}, end.add))
  const rendererDir = writeTestPage(folder)
  server = await startLoopback({ core, rendererDir, port: 0, uploads: core.folder.incoming })
  end.add(() => server.close())
  base = `http://127.0.0.1:${server.port}`
  cookie = await openSession()
  await signInAs(core, { shell: 'loopback', connection: cookie.split('=')[1] ?? '' })
  return end.run
})

async function openSession(): Promise<string> {
  const reply = await fetch(server.newAddress(), { redirect: 'manual' })
  return (reply.headers.get('set-cookie') ?? '').split(';')[0] as string
}

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(base + path, { headers: { cookie, ...headers } })
const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(base + path, { method: 'POST', body, headers: { cookie, ...headers } })

async function listCases(search: string): Promise<CaseRow[]> {
  const reply = (await (await post('/api/cases.list', JSON.stringify({ query: { search } }))).json()) as { ok: unknown }
  return contract['cases.list'].output.parse(reply.ok).rows
}

/** fetch does not let a test choose the Host header. */
function statusWithHost(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: server.port, path: '/', headers: { host, cookie } }
    request(options, (reply) => resolve(reply.resume().statusCode ?? 0))
      .on('error', reject)
      .end()
  })
}

/** What a page is told of settings and accounts that do not do, with its status. */
it.each([
  ['session.change-password', { password: PASSWORD, newPassword: 'short' }, 'password-short', 422],
  ['accounts.add', { name: '?', fullName: 'A', role: 'auditor' }, 'account-name-invalid', 422],
  ['accounts.add', { name: READER, fullName: 'A', role: 'auditor' }, 'account-name-taken', 409],
  ['accounts.set-active', { name: READER, active: false }, 'account-last-administrator', 409],
  ['urgency.set', { tumour: 11, uncertainty: 0, waiting: 0 }, 'request-invalid', 400],
  ['second.set', { share: -1 }, 'request-invalid', 400],
])('%s with %j is refused by %s and status %d', async (name, input, code, status) => {
  const reply = await post(`/api/${name}`, JSON.stringify(input))
  const { failure } = (await reply.json()) as { failure: { code: string; message: string; action: string } }
  expect(failure).toMatchObject({ code, message: expect.stringMatching(/\w/), action: expect.stringMatching(/\w/) })
  expect(reply.status).toBe(status)
})

describe('who gets in', () => {
  it('lets nobody in without the one-time link', async () => {
    for (const path of ['/', '/api/events', '/images/x/pixels', '/index.html']) {
      expect((await fetch(base + path)).status, path).toBe(401)
    }
    expect((await fetch(`${base}/api/app.info`, { method: 'POST', body: '{}' })).status).toBe(401)
    expect((await fetch(`${base}/upload`, { method: 'POST', body: 'x' })).status).toBe(401)
    expect((await fetch(`${base}/?token=guess`)).status).toBe(401)
  })

  it('tells a person who comes without it what to do', async () => {
    const reply = await fetch(base, { headers: { accept: 'text/html' } })
    expect(await reply.text()).toContain('one-time link')
  })

  it('takes the link once', async () => {
    const address = server.newAddress()
    const first = await fetch(address, { redirect: 'manual' })
    expect(first.status).toBe(302)
    expect(first.headers.get('location')).toBe('/')
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(401)
  })

  it('gives a cookie that scripts cannot read and other sites cannot send', async () => {
    const reply = await fetch(server.newAddress(), { redirect: 'manual' })
    expect(reply.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Strict|SameSite=Strict.*HttpOnly/i)
  })

  it('refuses other hosts (DNS rebinding) and other origins', async () => {
    expect(await statusWithHost(`127.0.0.1:${server.port}`)).toBe(200)
    expect(await statusWithHost(`evil.example:${server.port}`)).toBe(401)
    expect((await post('/api/app.info', '{}', { origin: 'http://evil.example' })).status).toBe(401)
    expect((await post('/api/app.info', '{}', { origin: base })).status).toBe(200)
  })
})

describe('who is signed in', () => {
  const secondBrowser = async () => {
    const own = await openSession()
    const ask = (name: string, input: object = {}) =>
      fetch(`${base}/api/${name}`, { method: 'POST', body: JSON.stringify(input), headers: { cookie: own } })
    return { own, ask }
  }

  it('hangs on the browser: another one that was let in is not signed in by that', async () => {
    const { own, ask } = await secondBrowser()
    expect(own).not.toBe(cookie)
    expect(await (await ask('session.get')).json()).toEqual({ ok: { state: 'signed-out' } })
    expect((await ask('cases.list', { query: {} })).status).toBe(401)
    const headers = { cookie: own, 'x-gyrus-file-name': 'a.png' }
    expect((await fetch(`${base}/upload`, { method: 'POST', body: 'x', headers })).status).toBe(401)
    const picture = await fetch(`${base}/images/01a20b86-4415-7652-baa7-ec2261ff2f60/pixels`, { headers })
    expect(await picture.json()).toMatchObject({ failure: { code: 'not-signed-in' } })
  })

  it('is asked for by name and password, and no answer holds what the session hangs on', async () => {
    const { own, ask } = await secondBrowser()
    const reply = await ask('session.sign-in', { name: READER, password: PASSWORD })
    expect(reply.headers.get('set-cookie')).toBeNull()
    const text = await reply.text()
    expect(JSON.parse(text)).toMatchObject({ ok: { state: 'signed-in', name: READER } })
    expect(text).not.toContain(own.split('=')[1])
    expect((await ask('cases.list', { query: {} })).status).toBe(200)
    await ask('session.lock')
    expect((await ask('cases.list', { query: {} })).status).toBe(401)
    // The other browser is somebody else's.
    expect((await post('/api/cases.list', '{"query":{}}')).status).toBe(200)
  })

  it('stays so when a new link is opened in the same browser', async () => {
    const again = await fetch(server.newAddress(), { redirect: 'manual', headers: { cookie } })
    expect(again.headers.get('set-cookie')).toBeNull()
    expect((await post('/api/cases.list', '{"query":{}}')).status).toBe(200)
  })

  it('a browser where nobody is hears of sessions only', async () => {
    const { own } = await secondBrowser()
    const feed = await fetch(`${base}/api/events`, { headers: { cookie: own } })
    const reader = (feed.body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    await post('/upload', new Uint8Array(await picture(11).png().toBuffer()), { 'x-gyrus-file-name': 'unheard.png' })
    core.events.emit({ type: 'session' })
    let text = ''
    while (!text.includes('"session"')) text += new TextDecoder().decode((await reader.read()).value)
    await reader.cancel()
    expect(text).not.toContain('"case"')
  })
})

describe('what can be asked', () => {
  it('answers a request of the contract', async () => {
    const reply = await post('/api/app.info', '{}')
    expect(await reply.json()).toMatchObject({
      ok: { reader: READER, shell: 'loopback', banner: expect.any(String) },
    })
  })

  it.each([
    ['an unknown request', 'cases.destroy', '{}'],
    ['a name from the prototype', 'constructor', '{}'],
    ['extra fields', 'app.info', '{"admin":true}'],
    ['a wrong type', 'cases.get', '{"id":7}'],
    ['SQL for an id', 'cases.get', '{"id":"\' or 1=1 --"}'],
    ['no JSON', 'app.info', 'hello'],
    ['a key for two actions', 'preferences.set', JSON.stringify({ keys: { invert: 'a' }, mouse: DEFAULT_MOUSE })],
    ['a path to open', 'scans.open', '{"paths":["/etc/passwd"]}'],
    ['a path to classify', 'batches.start', '{"paths":["/etc"],"options":{}}'],
    ['a path to import', 'datasets.import', '{"name":"a","path":"/etc"}'],
    ['a path to look into', 'datasets.survey', '{"path":"/etc"}'],
    ['a path to train on', 'training.start', JSON.stringify(TRAINING)],
    ['a path to back up to', 'backups.start', '{"folder":"/tmp"}'],
    ['a path to back up to every day', 'backups.set', '{"folder":"/tmp","daily":7,"weekly":4}'],
    ['a path for signed heads', 'audit.setHeadsFolder', '{"folder":"/tmp"}'],
    [
      'a path to judge models on',
      'models.set-gate',
      JSON.stringify({ gate: { ...DEFAULT_GATE, reference: REFERENCE } }),
    ],
  ])('refuses %s', async (_, name, body) => {
    const reply = await post(`/api/${name}`, body)
    expect(reply.status).toBe(400)
    expect(await reply.json()).toMatchObject({ failure: { code: 'request-invalid' } })
  })

  it('refuses whatever takes a path, also what comes later', async () => {
    const takesPath = Object.entries(contract).filter(([, { input }]) =>
      Object.keys('shape' in input ? input.shape : {}).some((field) => /^(paths?|folder|set|patients)$/.test(field)),
    )
    expect(takesPath.length).toBeGreaterThan(5)
    for (const [name] of takesPath) {
      const reply = await (await post(`/api/${name}`, '{}')).json()
      expect(reply, name).toMatchObject({
        failure: { message: expect.stringContaining('a browser cannot open paths') },
      })
    }
  })

  it('refuses a request that is too large', async () => {
    expect((await post('/api/app.info', 'x'.repeat(2 ** 21), { connection: 'close' })).status).toBe(400)
  })

  it.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/assets/../../package.json',
    '//etc/passwd',
    '/C:/x',
  ])('serves no file outside the page: %s', async (path) => {
    const reply = await get(path)
    expect(reply.status).toBe(404)
  })

  it('sends a strict policy with the page', async () => {
    const policy = (await get('/')).headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe-inline')
    expect(policy).not.toContain("'unsafe-eval'")
  })
})

describe('a scan from the browser', () => {
  it('is on record when the upload is acknowledged, and its pixels come back', async () => {
    const png = await picture(7).png().toBuffer()
    const reply = await post('/upload', new Uint8Array(png), { 'x-gyrus-file-name': encodeURIComponent('ö "1".png') })
    expect(await reply.json()).toEqual({ ok: {} })
    const [found] = await listCases('"1"')
    expect(found).toMatchObject({ fileName: 'ö "1".png' })

    const pixels = await get(`/images/${found?.id}/pixels`)
    const header = pixelsHeaderSchema.parse(JSON.parse(pixels.headers.get(PIXELS_HEADER) ?? ''))
    expect(header).toMatchObject({ width: 64, height: 64, channels: 1, bitsPerSample: 8 })
    const expected = await picture(7).toColourspace('b-w').raw().toBuffer()
    expect(Buffer.from(await pixels.arrayBuffer()).equals(expected)).toBe(true)
    expect(pixels.headers.get('cache-control')).toBe('no-store')

    expect((await get(`/images/${found?.id}/pixels?frame=0`)).status).toBe(200)
    for (const frame of ['1', '-1', '0.5', 'x', '']) {
      expect((await get(`/images/${found?.id}/pixels?frame=${frame}`)).ok, frame).toBe(false)
    }

    const thumbnail = await get(`/images/${found?.id}/thumbnail`)
    expect(thumbnail.headers.get('content-type')).toBe('image/webp')
  })

  it('without a name is refused', async () => {
    expect((await post('/upload', 'x')).status).toBe(400)
    expect((await post('/upload', 'x', { 'x-gyrus-file-name': '%E0%A4%A' })).status).toBe(400)
  })

  it('that is empty is on record as failed', async () => {
    await post('/upload', '', { 'x-gyrus-file-name': 'nothing.png' })
    expect((await listCases('nothing.png'))[0]).toMatchObject({ state: 'failed', failure: { code: 'file-empty' } })
  })
})

describe('a batch from the browser', () => {
  const ask = async (name: string, body: object) => (await post(`/api/${name}`, JSON.stringify(body))).json()
  const send = async (id: string, name: string, seed: number) => {
    const headers = { 'x-gyrus-file-name': encodeURIComponent(name), 'x-gyrus-batch': id }
    return post('/upload', new Uint8Array(await picture(seed).png().toBuffer()), headers)
  }

  it('takes files until it is told that those were all, and links what was seen before', async () => {
    const { ok } = (await ask('batches.upload', { name: 'study', options: {} })) as { ok: { id: string } }
    for (const [name, seed] of [
      ['a/1.png', 50],
      ['b/1.png', 51],
      ['b/1.png', 50],
    ] as const) {
      expect((await send(ok.id, name, seed)).status).toBe(200)
    }
    expect(await ask('batches.pause', { id: ok.id })).toMatchObject({ failure: { code: 'batch-uploaded' } })
    await ask('batches.uploaded', { id: ok.id })
    const batch = async () => ((await ask('batches.get', { id: ok.id })) as { ok: { batch: Batch } }).ok.batch
    await expect.poll(async () => (await batch()).state, { timeout: 15_000 }).toBe('completed')
    expect((await batch()).counts).toEqual({ total: 3, analysed: 2, failed: 0, skipped: 1, remaining: 0 })
    expect(await (await send(ok.id, 'late.png', 52)).json()).toMatchObject({ failure: { code: 'batch-state' } })
    expect(await listCases('late.png')).toEqual([])
  })

  it('of a ZIP file has the images in it, and is whole as soon as the upload is answered', async () => {
    const { ok } = (await ask('batches.upload', { name: 'cd.zip', options: {} })) as { ok: { id: string } }
    const image = async (seed: number) => new Uint8Array(await picture(seed).png().toBuffer())
    const zip = zipSync({ 'IMG/1.png': await image(70), 'IMG/2.png': await image(71), 'VIEWER.EXE': strToU8('MZ') })
    const headers = { 'x-gyrus-file-name': 'cd.zip', 'x-gyrus-batch': ok.id }
    expect((await post('/upload', new Uint8Array(zip), headers)).status).toBe(200)
    expect(
      (await post('/upload', new Uint8Array(zip.subarray(0, 99)), { ...headers, 'x-gyrus-file-name': 'torn.zip' }))
        .status,
    ).toBe(200)
    expect(await listCases('cd.zip')).toHaveLength(2)
    expect((await listCases('torn.zip'))[0]).toMatchObject({ state: 'failed', failure: { code: 'archive-damaged' } })
    await ask('batches.uploaded', { id: ok.id })
    const batch = async () => ((await ask('batches.get', { id: ok.id })) as { ok: { batch: Batch } }).ok.batch
    await expect.poll(async () => (await batch()).state, { timeout: 15_000 }).toBe('completed')
    expect(await batch()).toMatchObject({ passedOver: 1, counts: { total: 3, analysed: 2, failed: 1 } })
  })

  it('that is cancelled takes no further file', async () => {
    const { ok } = (await ask('batches.upload', { name: 'study', options: {} })) as { ok: { id: string } }
    await send(ok.id, '1.png', 60)
    expect(await ask('batches.cancel', { id: ok.id })).toMatchObject({ ok: { state: 'cancelled' } })
    expect(await (await send(ok.id, '2.png', 61)).json()).toMatchObject({ failure: { code: 'batch-state' } })
  })
})

describe('a folder that is handed over for a data set', () => {
  const stage = async () => {
    const reply = await (await post('/api/datasets.stage', '{"called":"set"}')).json()
    return contract['datasets.stage'].output.parse((reply as { ok: unknown }).ok).id
  }
  const named = (path: string) => ({ 'x-gyrus-file-name': encodeURIComponent(path) })

  it('is taken file by file, by paths that lead down only, and can be looked at', async () => {
    const id = await stage()
    const png = new Uint8Array(await picture(1).png().toBuffer())
    expect((await post(`/staged/${id}`, png, named('strange/1.png'))).status).toBe(200)
    for (const path of ['../1.png', '/tmp/1.png', 'strange/../../1.png', 'strange/1.sh']) {
      const reply = await post(`/staged/${id}`, png, named(path))
      expect(reply.status, path).toBe(400)
      expect(await reply.json()).toMatchObject({ failure: { code: 'dataset-staged-path' } })
    }
    const survey = await (await post('/api/datasets.surveyStaged', JSON.stringify({ id }))).json()
    expect(survey).toMatchObject({ ok: { classes: [{ name: 'strange', images: 1, label: null }] } })
    expect(await (await post('/api/datasets.unstage', JSON.stringify({ id }))).json()).toEqual({ ok: {} })
    expect((await post(`/staged/${id}`, png, named('strange/2.png'))).status).toBe(404)
  })

  it('is taken from administrators only', async () => {
    const id = await stage()
    expect((await fetch(`${base}/staged/${id}`, { method: 'POST', body: 'x' })).status).toBe(401)
    const other = await openSession()
    const caller = { shell: 'loopback', connection: other.split('=')[1] ?? '' } as const
    const account = { name: 'reader', fullName: 'reader', role: 'radiologist' } as const
    const oneTime = await core.accounts.administration.add(account, READER)
    await core.accounts.signIn(caller, 'reader', oneTime)
    await core.accounts.changePassword(caller, 'reader', oneTime, PASSWORD)
    const headers = { cookie: other, ...named('a/1.png') }
    expect((await fetch(`${base}/staged/${id}`, { method: 'POST', body: 'x', headers })).status).toBe(403)
    expect((await fetch(`${base}/data-sets/a/1/${'a'.repeat(64)}`, { headers: { cookie: other } })).status).toBe(403)
  })
})

describe('preferences', () => {
  it('come back as they were set', async () => {
    const chosen = { keys: { invert: 'x' }, mouse: { ...DEFAULT_MOUSE, right: 'length' } }
    expect(await (await post('/api/preferences.set', JSON.stringify(chosen))).json()).toEqual({ ok: {} })
    expect(await (await post('/api/preferences.get', '{}')).json()).toEqual({ ok: chosen })
  })
})

describe('events', () => {
  it('come as ids only', async () => {
    const feed = await get('/api/events')
    const reader = (feed.body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    await post('/upload', new Uint8Array(await picture(9).png().toBuffer()), { 'x-gyrus-file-name': 'event.png' })
    let text = ''
    while (!text.includes('"case"')) text += new TextDecoder().decode((await reader.read()).value)
    await reader.cancel()
    expect(text).toMatch(/data: \{"type":"case","id":"[0-9a-f-]{36}"\}/)
    expect(text).not.toContain('event.png')
  })
})

it('a port that is taken is named', async () => {
  const { core } = await openTestCore(join(temporaryFolder(), 'data'))
  const rendererDir = writeTestPage(temporaryFolder())
  const options = { core, rendererDir, port: server.port, uploads: core.folder.incoming }
  await expect(startLoopback(options)).rejects.toMatchObject({ code: 'port-unusable', details: { port: server.port } })
})
