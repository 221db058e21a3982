import { readdirSync, readFileSync } from 'node:fs'
import type { RequestListener, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fileHeader } from '../../src/main/listener/object-file.ts'
import { webPeer } from '../../src/main/pacs/dicomweb/index.ts'
import type { Peer } from '../../src/main/pacs/peer.ts'
import { pacsSettingsSchema, studyQuerySchema, type WebSettings } from '../../src/shared/pacs.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { serverThat, webSettings } from '../support/dicomweb.ts'

const ANY = studyQuerySchema.parse({})
const JSON_TYPE = { 'content-type': 'application/dicom+json' }

const peerAt = (url: string, more: Partial<WebSettings> = {}, secret: string | null = null, signal?: AbortSignal) =>
  webPeer(webSettings(url, { waitSeconds: 0.3, ...more }), secret, signal ?? new AbortController().signal)

/** What came of it: the code of the error, or what was given. */
const became = (work: Promise<unknown>) => work.catch((error: { code: string }) => error.code)

async function against<T>(answers: RequestListener, ask: (peer: Peer) => Promise<T>) {
  const { url } = await serverThat(answers)
  const began = performance.now()
  const outcome = await became(ask(peerAt(url)))
  expect(performance.now() - began).toBeLessThan(5_000)
  return outcome
}

const json =
  (body: unknown, status = 200): RequestListener =>
  (_, response) =>
    response.writeHead(status, JSON_TYPE).end(typeof body === 'string' ? body : JSON.stringify(body))

/** Writes as long as somebody reads. */
function endlessly(response: ServerResponse, piece: string | Buffer): void {
  while (!response.destroyed && response.write(piece));
  if (!response.destroyed) response.once('drain', () => endlessly(response, piece))
}

describe('a search', () => {
  it.each<[string, RequestListener, string]>([
    ['leads elsewhere', (_, to) => to.writeHead(302, { location: 'http://localhost:1/' }).end(), 'pacs-redirects'],
    ['does not let us in', (_, to) => to.writeHead(401).end('<html>'), 'pacs-forbidden'],
    ['has no such service', (_, to) => to.writeHead(404).end(), 'pacs-not-offered'],
    ['has no room', (_, to) => to.writeHead(503).end(), 'pacs-out-of-resources'],
    ['fails', (_, to) => to.writeHead(500).end('Patient DOE^JANE'), 'pacs-status'],
    ['says nothing', () => undefined, 'pacs-timeout'],
    ['says nothing more', (_, to) => void to.writeHead(200, JSON_TYPE).write('['), 'pacs-timeout'],
    ['ends in the middle', (_, to) => to.writeHead(200, JSON_TYPE).write('[', () => to.destroy()), 'pacs-ended'],
    [
      'says it has 4 GB',
      (_, to) => void to.writeHead(200, { ...JSON_TYPE, 'content-length': 2 ** 32 }).write('['),
      'pacs-too-much',
    ],
    ['never ends', (_, to) => endlessly(to.writeHead(200, JSON_TYPE), '[],'.repeat(100_000)), 'pacs-too-much'],
    ['has endless headers', (_, to) => to.writeHead(200, { 'x-a': 'a'.repeat(100_000) }).end(), 'pacs-too-much'],
    ['is no HTTP', (request) => request.socket.end('SSH-2.0-OpenSSH\r\n'), 'pacs-malformed'],
    ['is a page', (_, to) => to.writeHead(200, { 'content-type': 'text/html' }).end('<html>'), 'pacs-malformed'],
    [
      'is compressed',
      (_, to) => to.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(bomb()),
      'pacs-malformed',
    ],
    ['is half a JSON', json('[{"0020000D":'), 'pacs-malformed'],
    ['is nested without end', json('['.repeat(5_000_000)), 'pacs-malformed'],
    ['is another JSON', json('[1,"a"]'), 'pacs-malformed'],
    ['has a study without UID', json([{ '00100010': { vr: 'PN' } }]), 'pacs-malformed'],
    ['has a UID that is a path', json([study('1.2/../3')]), 'pacs-malformed'],
    ['has more than can be', json(Array.from({ length: 20_001 }, () => ({}))), 'pacs-too-much'],
  ])('that %s is told as such', async (_, answers, code) => {
    expect(await against(answers, (peer) => peer.studies(ANY))).toBe(code)
  })

  it('takes what fits and leaves what does not, whatever is in it', async () => {
    const strange = {
      ...study('1.2.3'),
      '00100010': { vr: 'PN', Value: [{ Alphabetic: `<b>x</b>\u0000\u001b[31m${'y'.repeat(5_000)}` }] },
      '00100020': { vr: 'LO', Value: [{ a: 1 }] },
      '00080020': { vr: 'DA', Value: ['20261399'] },
      '00080030': { vr: 'TM', Value: ['121314.5'] },
      '00100030': { vr: 'DA', Value: ['19700102'] },
      '00080061': { vr: 'CS', Value: Array.from({ length: 5_000 }, () => 'MR') },
      '00201206': { vr: 'IS', Value: ['-1'] },
      '00201208': { vr: 'IS', Value: [12] },
    }
    // Own names of its own cannot be those of an object.
    const text = JSON.stringify([strange]).replace('[{', '[{"__proto__":{"00081030":{"Value":["polluted"]}},')
    const found = (await against(json(text), (peer) => peer.studies(ANY))) as Awaited<ReturnType<Peer['studies']>>
    expect(found.more).toBe(false)
    const [one] = found.studies
    expect(one).toMatchObject({
      ...{ studyUid: '1.2.3', patientId: '', studyDate: '', studyTime: '12:13', patientBirthDate: '1970-01-02' },
      ...{ description: '', series: null, images: 12 },
    })
    expect(one?.patientName).toMatch(/^<b>x<\/b> {2}\[31my+$/)
    expect([one?.patientName.length, one?.modalities.length]).toEqual([1_000, 32])
  })

  it('has none where there is no content, and says where there are more', async () => {
    expect(
      await against(
        (_, to) => to.writeHead(204).end(),
        (peer) => peer.studies(ANY),
      ),
    ).toEqual({
      studies: [],
      more: false,
    })
    const many = Array.from({ length: 501 }, (_, n) => study(`1.2.${n}`))
    const found = (await against(json(many), (peer) => peer.studies(ANY))) as { studies: unknown[]; more: boolean }
    expect([found.studies.length, found.more]).toEqual([500, true])
    const warned: RequestListener = (_, to) =>
      to.writeHead(200, { ...JSON_TYPE, warning: '299 pacs: "There are 7 additional results"' }).end('[]')
    expect(await against(warned, (peer) => peer.studies(ANY))).toEqual({ studies: [], more: true })
  })

  it('can be given up', async () => {
    const stop = new AbortController()
    const { url } = await serverThat(() => stop.abort())
    expect(await became(peerAt(url, {}, null, stop.signal).studies(ANY))).toBe('cancelled')
  })

  it('asks as the standard has it, says who asks, and keeps what is secret to itself', async () => {
    const { url, asked } = await serverThat((_, to) => to.writeHead(302, { location: '/' }).end())
    const query = studyQuerySchema.parse({ patientName: 'Doe^J*&x=1', studyDateFrom: '2026-01-02', modality: 'MR' })
    expect(await became(peerAt(`${url}/`, { auth: 'bearer' }, 'top secret').studies(query))).toBe('pacs-redirects')
    expect(asked).toHaveLength(1)
    expect(asked[0]?.url).toBe(
      '/dicom-web/studies?PatientName=Doe%5EJ*%26x%3D1&StudyDate=20260102-&ModalitiesInStudy=MR' +
        '&includefield=00081030&includefield=00080061&includefield=00201206&includefield=00201208&limit=501',
    )
    expect(asked[0]?.headers).toMatchObject({ authorization: 'Bearer top secret', 'accept-encoding': 'identity' })
    await became(peerAt(url, { auth: 'basic', user: 'ä' }, 'ö:ü').studies(query))
    const said = asked[1]?.headers.authorization?.replace('Basic ', '') ?? ''
    expect(Buffer.from(said, 'base64').toString()).toBe('ä:ö:ü')
    await became(peerAt(url, { auth: 'none' }, 'top secret').studies(query))
    expect(asked[2]?.headers.authorization).toBeUndefined()
  })
})

it.each([
  ['http://127.0.0.1:1/dicom-web', 'pacs-unreachable'],
  ['http://no-such-host.invalid/', 'pacs-host-unknown'],
])('%s: %s', async (url, code) => {
  expect(await became(peerAt(url).test())).toBe(code)
})

it.each([
  'ftp://127.0.0.1/',
  'file:///etc/passwd',
  'http://user:secret@127.0.0.1/',
  'http://127.0.0.1/?token=secret',
  'http://127.0.0.1/#a',
  'javascript:alert(1)',
  'pacs',
])('%s is no address of a PACS', (url) => {
  expect(pacsSettingsSchema.safeParse(webSettings(url)).success).toBe(false)
  expect(pacsSettingsSchema.safeParse(webSettings('https://127.0.0.1:8443/dicom-web')).success).toBe(true)
})

const MR = '1.2.840.10008.5.1.4.1.1.4'
const EXPLICIT = '1.2.840.10008.1.2.1'

function object(uid: string, { classUid = MR, syntax = EXPLICIT, bytes = 64, studyUid = '1.2' } = {}): Buffer {
  const header = fileHeader({ sopClassUid: classUid, sopInstanceUid: uid, transferSyntaxUid: syntax })
  const study = Buffer.from(`\x20\0\x0d\0UI\x04\0${studyUid.padEnd(4, '\0')}`, 'latin1')
  const pixels = Buffer.from([0xe0, 0x7f, 0x10, 0, 0x4f, 0x57, 0, 0, 0, 0, 0, 0])
  pixels.writeUInt32LE(bytes, 8)
  return Buffer.concat([header, study, pixels, Buffer.alloc(bytes, 'x')])
}

const inParts = (...objects: (Buffer | string)[]) =>
  Buffer.concat([
    ...objects.flatMap((one) => [
      Buffer.from('\r\n--b\r\nContent-Type: application/dicom\r\nContent-Length: 4294967295\r\n\r\n'),
      Buffer.from(one as string),
    ]),
    Buffer.from('\r\n--b--'),
  ])

const PARTS = { 'content-type': 'multipart/related; type="application/dicom"; boundary=b' }
const parts =
  (body: Buffer, headers: Record<string, string | number> = PARTS): RequestListener =>
  (request, response) => {
    if (request.url?.endsWith('/series')) response.writeHead(204).end()
    else response.writeHead(200, headers).end(body)
  }

describe('a retrieval', () => {
  async function retrieved(answers: RequestListener) {
    const folder = temporaryFolder()
    const uids: string[] = []
    const outcome = await against(answers, (peer) =>
      peer.retrieve(
        { studyUid: '1.2', seriesUid: null },
        {
          ...{ incoming: folder, key: null, maxObjectMegabytes: 1 },
          onObject: async ({ sopInstanceUid, path }) => {
            expect(readFileSync(path).toString('latin1', 128, 132)).toBe('DICM')
            uids.push(sopInstanceUid)
            return 'kept'
          },
          onProgress: () => undefined,
        },
      ),
    )
    expect(readdirSync(folder)).toEqual([])
    return { outcome, uids }
  }

  it('takes what can be read, whatever lengths are claimed', async () => {
    const sr = object('1.3', { classUid: '1.2.840.10008.5.1.4.1.1.88.34' })
    const video = object('1.4', { syntax: '1.2.840.10008.1.2.4.100' })
    const large = object('1.5', { bytes: 1_100_000 })
    const strange = object('1.6', { studyUid: '1.3' })
    const { outcome, uids } = await retrieved(parts(inParts(object('1.1'), sr, video, large, strange, object('1.2'))))
    expect([outcome, uids]).toEqual([{ done: 2, failed: 3, passed: 1, total: null }, ['1.1', '1.2']])
  })

  it.each<[string, RequestListener, string, string[]]>([
    ['has nothing', (_, to) => to.writeHead(404).end(), 'pacs-nothing-there', []],
    ['is cut off', parts(inParts(object('1.1'), object('1.2')).subarray(0, -80)), 'pacs-malformed', ['1.1']],
    ['has another boundary', parts(Buffer.from('--c\r\n\r\nx\r\n--c--')), 'pacs-malformed', []],
    ['has no boundary', parts(inParts(object('1.1')), { 'content-type': 'multipart/related' }), 'pacs-malformed', []],
    ['is no parts', parts(object('1.1'), { 'content-type': 'application/dicom' }), 'pacs-malformed', []],
    ['is no DICOM', parts(inParts(object('1.1'), '<html>'.repeat(100))), 'pacs-malformed', ['1.1']],
    ['names no instance', parts(inParts(object(''))), 'pacs-malformed', []],
    ['names a path', parts(inParts(object('../../etc'))), 'pacs-malformed', []],
    ['has a header without end', parts(inParts(endlessHeader())), 'pacs-malformed', []],
    [
      'has an object too large',
      parts(inParts(object('1.1'), object('1.2', { bytes: 2_200_000 }))),
      'pacs-malformed',
      ['1.1'],
    ],
    [
      'claims 100 GB',
      parts(inParts(object('1.1')), { ...PARTS, 'content-length': 100 * 2 ** 30 }),
      'pacs-too-much',
      [],
    ],
    ['is compressed', parts(bomb(), { ...PARTS, 'content-encoding': 'gzip' }), 'pacs-malformed', []],
  ])('that %s is told, and keeps what came before', async (_, answers, code, came) => {
    const { outcome, uids } = await retrieved(answers)
    expect([outcome, uids]).toEqual([code, came])
  })

  it('that stops for too long is given up', async () => {
    const { outcome, uids } = await retrieved((request, to) => {
      if (request.url?.endsWith('/series')) to.writeHead(204).end()
      else to.writeHead(200, PARTS).write(inParts(object('1.1')).subarray(0, -4))
    })
    expect([outcome, uids]).toEqual(['pacs-timeout', []])
  })

  it('ends with an object that has its header alone', async () => {
    const { outcome } = await retrieved(parts(inParts(object('1.1').subarray(0, 200))))
    expect(outcome).toEqual({ done: 0, failed: 1, passed: 0, total: null })
  })
})

describe('storing', () => {
  const items = (...uids: string[]) => ({
    vr: 'SQ',
    Value: uids.map((uid) => ({ '00081155': { vr: 'UI', Value: [uid] }, '00081197': { vr: 'US', Value: [0xa700] } })),
  })
  const stored = (answers: RequestListener) =>
    against(answers, (peer) => peer.store([object('1.1'), object('1.2')])) as Promise<{ failure: unknown }[]>

  it.each<[string, RequestListener]>([
    ['202', json({ '00081199': items('1.1'), '00081198': items('1.2') }, 202)],
    ['409', json({ '00081199': items('1.1'), '00081198': items('1.2') }, 409)],
    ['200 all the same', json({ '00081199': items('1.1', '1.2'), '00081198': items('1.2') })],
  ])('tells which object was not taken, and why: %s', async (_, answers) => {
    expect(await stored(answers)).toMatchObject([
      { sopInstanceUid: '1.1', failure: null },
      { sopInstanceUid: '1.2', failure: { code: 'pacs-not-stored', details: { status: 'A700' } } },
    ])
  })

  it('takes nothing for stored that the answer does not name', async () => {
    expect(await stored(json({ '00081199': items('1.1') }))).toMatchObject([
      { failure: null },
      { failure: { code: 'pacs-not-stored' } },
    ])
    expect(await stored((_, to) => to.writeHead(200).end())).toBe('pacs-malformed')
    expect(await stored((_, to) => to.writeHead(200, { 'content-type': 'text/xml' }).end('<a/>'))).toBe(
      'pacs-malformed',
    )
  })

  it('sends whole files in parts, and says how long they are', async () => {
    const body: Buffer[] = []
    const { url, asked } = await serverThat((request, to) => {
      request.on('data', (piece) => body.push(piece))
      request.on('end', () => json({ '00081199': items('1.1') })(request, to))
    })
    const sent = object('1.1')
    await peerAt(url).store([sent])
    const whole = Buffer.concat(body)
    expect(asked[0]?.headers['content-length']).toBe(String(whole.length))
    const boundary = /boundary=(\S+)/.exec(asked[0]?.headers['content-type'] ?? '')?.[1]
    expect(whole.toString('latin1')).toBe(
      `--${boundary}\r\nContent-Type: application/dicom\r\n\r\n${sent.toString('latin1')}\r\n--${boundary}--\r\n`,
    )
  })
})

function study(uid: string) {
  return { '0020000D': { vr: 'UI', Value: [uid] } }
}

/** 10 MB of nothing in some 10 kB. */
function bomb(): Buffer {
  return gzipSync(Buffer.alloc(10_000_000))
}

function endlessHeader(): Buffer {
  const element = Buffer.from([2, 0, 2, 1, 0x4f, 0x42, 0, 0, 0, 4, 0, 0])
  const one = Buffer.concat([element, Buffer.alloc(1_024)])
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), ...Array.from({ length: 200 }, () => one)])
}
