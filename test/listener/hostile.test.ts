import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import { dataSetOf } from '../support/dcmtk.ts'
import {
  associateRequest,
  command,
  data,
  even,
  MR_IMAGE,
  pdu,
  RELEASE,
  storeCommand,
  TestPeer,
} from '../support/dicom-client.ts'
import { startListener, type TestListener } from '../support/listener.ts'
import { mountSmallDisk } from '../support/mount.ts'

const EXPLICIT = '1.2.840.10008.1.2.1'
const COMMAND_LAST = 3
const DATA = 0
const DATA_LAST = 2

/** An association that was accepted. */
async function associated(port: number, asked = {}): Promise<TestPeer> {
  const peer = new TestPeer(port).send(associateRequest(asked))
  expect((await peer.next())?.type).toBe(2)
  return peer
}

/** Whoever keeps to the rules still gets an answer. */
async function expectAtWork({ port }: TestListener): Promise<void> {
  const peer = await associated(port)
  peer.send(RELEASE)
  expect((await peer.next())?.type).toBe(6)
  await peer.closed
}

it('keeps a data set byte for byte, however it is cut', async () => {
  const kept: Buffer[] = []
  const { port } = await startListener({}, ({ received }) => {
    kept.push(readFileSync(received.path))
    return 'kept'
  })
  const peer = await associated(port, { syntaxes: ['1.2.3.4', EXPLICIT] })
  const sent = randomBytes(300_001)
  peer.send(data(3, COMMAND_LAST, storeCommand('1.2.3')))
  const cuts = [0, 1, 2, 1_000, 61_000, 121_000, 181_000, 241_000, 300_000, sent.length]
  const pieces = cuts
    .slice(1)
    .map((end, at) => data(3, end === sent.length ? DATA_LAST : DATA, sent.subarray(cuts[at], end)))
  // As it may come from a network: parts that have nothing to do with PDUs.
  const stream = Buffer.concat(pieces)
  for (let at = 0; at < stream.length; at += 7_777) peer.send(stream.subarray(at, at + 7_777))
  expect(await peer.status()).toBe(0)
  const [file] = kept as [Buffer]
  expect(dataSetOf(file).equals(sent)).toBe(true)
  expect(file.toString('latin1', 128, 132)).toBe('DICM')
})

it('writes the same object to the same bytes, whoever sends it and when', async () => {
  const kept: Buffer[] = []
  const peers = ['MR1', 'MR2'].map((aeTitle) => ({ aeTitle, address: '127.0.0.1' }))
  const { port } = await startListener({ peers }, ({ received }) => {
    kept.push(readFileSync(received.path))
    return 'kept'
  })
  for (const calling of ['MR1', 'MR2']) {
    const peer = await associated(port, { calling })
    peer.send(data(3, COMMAND_LAST, storeCommand('1.2.3')), data(3, DATA_LAST, Buffer.from('the same')))
    expect(await peer.status()).toBe(0)
  }
  expect(kept[0]?.equals(kept[1] as Buffer)).toBe(true)
})

describe('answers with the status of the standard', () => {
  it('to an object larger than the limit, and goes on', async () => {
    const { port, incoming, heard } = await startListener({ maxObjectMegabytes: 1 })
    const peer = await associated(port)
    peer.send(data(3, COMMAND_LAST, storeCommand('1.2.3')))
    const piece = Buffer.alloc(60_000)
    for (let n = 0; n < 20; n += 1) peer.send(data(3, DATA, piece))
    peer.send(data(3, DATA_LAST, piece))
    expect(await peer.status()).toBe(0xa700)
    expect((await heard('refused')).map(({ refused }) => refused)).toEqual(['too-large'])
    expect(readdirSync(incoming)).toEqual([])
    peer.send(data(3, COMMAND_LAST, storeCommand('1.2.4')), data(3, DATA_LAST, Buffer.from('small')))
    expect(await peer.status()).toBe(0)
  })

  it('to an object for which the disk has no room, and keeps no piece of it', async (context) => {
    const disk = join(temporaryFolder(), 'disk')
    const reason = mountSmallDisk(disk, 512)
    if (reason) return context.skip(reason)
    const { port, heard } = await startListener({ incoming: disk })
    const peer = await associated(port)
    peer.send(data(3, COMMAND_LAST, storeCommand('1.2.3')))
    for (let n = 0; n < 15; n += 1) peer.send(data(3, DATA, Buffer.alloc(60_000)))
    peer.send(data(3, DATA_LAST, Buffer.alloc(60_000)))
    expect(await peer.status()).toBe(0xa700)
    expect((await heard('refused')).map(({ refused }) => refused)).toEqual(['not-kept'])
    expect(readdirSync(disk)).toEqual([])
  })

  it.each([
    ['a class that is not the one of its context', storeCommand('1.2.3', '1.2.840.10008.5.1.4.1.1.2'), 0x0122],
    ['an instance that is no UID', storeCommand('../../etc/passwd'), 0x0117],
    ['a request that is not offered', find(), 0x0211],
  ])('to %s', async (_, request, status) => {
    const { port, incoming, said } = await startListener()
    const peer = await associated(port)
    peer.send(data(3, COMMAND_LAST, request), data(3, DATA_LAST, Buffer.from('a data set')))
    expect(await peer.status()).toBe(status)
    expect(said('object')).toEqual([])
    expect(readdirSync(incoming)).toEqual([])
  })
})

it('refuses classes and transfer syntaxes that it does not take, each by itself', async () => {
  const { port, said } = await startListener()
  const encapsulatedPdf = '1.2.840.10008.5.1.4.1.1.104.1'
  const peer = new TestPeer(port).send(associateRequest({ classes: [encapsulatedPdf, MR_IMAGE] }))
  const accepted = await peer.next()
  expect(resultsOf(accepted?.body ?? Buffer.alloc(0))).toEqual([
    [1, 3],
    [3, 0],
  ])
  const other = new TestPeer(port).send(
    associateRequest({ classes: [MR_IMAGE], syntaxes: ['1.2.840.10008.1.2.4.100'] }),
  )
  expect(resultsOf((await other.next())?.body ?? Buffer.alloc(0))).toEqual([[1, 4]])
  expect(said('refused').map(({ refused }) => refused)).toEqual(['nothing-accepted'])
})

describe('what is no DICOM ends the connection, and nothing else', () => {
  const claims = (type: number, length: number) => pdu(type, Buffer.alloc(64), length)
  const cut = associateRequest().subarray(0, 90)
  const lying = Buffer.from(associateRequest())
  // The first item claims more than there is.
  lying.writeUInt16BE(60_000, 76)

  it.each([
    ['a request of a browser', Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n')],
    ['random bytes', Buffer.concat([Buffer.from([0xee]), randomBytes(4_000)])],
    ['a PDU of 4 GB', claims(1, 0xffff_ffff)],
    ['data before an association', claims(4, 64)],
    ['an item that is longer than its PDU', lying],
    ['an association without contexts', associateRequest({ classes: [] })],
  ])('%s', async (_, bytes) => {
    const listener = await startListener()
    const peer = new TestPeer(listener.port).send(bytes)
    expect((await peer.next())?.type).toBe(7)
    await peer.closed
    expect((await listener.heard('refused'))[0]?.refused).toBe('malformed')
    await expectAtWork(listener)
  })

  it.each([
    ['a PDU of 4 GB', claims(4, 0xffff_ffff)],
    ['a PDU that is longer than agreed', claims(4, 65 * 1024)],
    ['a fragment that is longer than its PDU', pdu(4, Buffer.from([0, 0, 0xff, 0xff, 3, 3, 1, 2]))],
    ['a fragment of a context that was not agreed', data(77, COMMAND_LAST, storeCommand('1.2.3'))],
    ['fragments of nothing', data(3, 1, Buffer.alloc(0))],
    ['a command that is none', data(3, COMMAND_LAST, randomBytes(100))],
    [
      'an element that is longer than its command',
      data(3, COMMAND_LAST, command([[2, even(MR_IMAGE)]]).fill(0xff, 4, 8)),
    ],
    ['a data set without a command', data(3, DATA_LAST, Buffer.from('a data set'))],
    [
      'a command in the place of a data set',
      Buffer.concat([data(3, 3, storeCommand('1.2')), data(3, 3, storeCommand('1.3'))]),
    ],
    ['a command without an end', Buffer.concat(Array.from({ length: 9 }, () => data(3, 1, Buffer.alloc(2_000))))],
    ['a second request', associateRequest()],
  ])('in an association: %s', async (_, bytes) => {
    const listener = await startListener()
    const peer = await associated(listener.port)
    peer.send(bytes)
    expect((await peer.next())?.type).toBe(7)
    await peer.closed
    expect((await listener.heard('refused'))[0]?.refused).toBe('malformed')
    expect(readdirSync(listener.incoming)).toEqual([])
    await expectAtWork(listener)
  })

  it('a request that is cut off by its sender, which is nobody’s fault', async () => {
    const listener = await startListener()
    const peer = new TestPeer(listener.port).send(cut)
    peer.socket.end()
    await peer.closed
    await expectAtWork(listener)
    expect(listener.said('refused')).toEqual([])
  })

  it('an object without an end', async () => {
    const listener = await startListener({ maxObjectMegabytes: 1 })
    const peer = await associated(listener.port)
    peer.send(data(3, COMMAND_LAST, storeCommand('1.2.3')))
    const piece = data(3, DATA, Buffer.alloc(60_000))
    for (let n = 0; n < 40; n += 1) peer.send(piece)
    expect((await peer.next())?.type).toBe(7)
    expect(readdirSync(listener.incoming)).toEqual([])
    await expectAtWork(listener)
  })
})

describe('who keeps a connection open is let go of', () => {
  it.each([
    ['without a word', []],
    ['in the middle of a request', [associateRequest().subarray(0, 100)]],
  ])('%s', async (_, bytes) => {
    const listener = await startListener({ idleSeconds: 0.3 })
    const peer = new TestPeer(listener.port).send(...bytes)
    await peer.closed
    expect((await listener.heard('refused'))[0]?.refused).toBe('timeout')
  })

  it('in the middle of a PDU, whatever trickles in', async () => {
    const listener = await startListener({ idleSeconds: 0.5 })
    const peer = await associated(listener.port)
    peer.send(pdu(4, Buffer.from([0, 0, 0x40, 0, 3, 1]), 0x4004))
    const trickle = setInterval(() => peer.send(Buffer.alloc(1)), 50)
    await peer.closed
    clearInterval(trickle)
    expect((await listener.heard('refused'))[0]?.refused).toBe('timeout')
  })

  it('but not while the core keeps it waiting', async () => {
    const { promise, resolve } = Promise.withResolvers<'kept'>()
    const listener = await startListener({ idleSeconds: 0.3 }, () => promise)
    const peer = await associated(listener.port)
    peer.send(data(3, COMMAND_LAST, storeCommand('1.2.3')), data(3, DATA_LAST, Buffer.from('a data set')))
    await listener.heard('object')
    const idle = await associated(listener.port)
    await idle.closed
    resolve('kept')
    expect(await peer.status()).toBe(0)
  })
})

it('takes no more associations than are allowed, and the next one when one has ended', async () => {
  const listener = await startListener({ maxAssociations: 2 })
  const first = await associated(listener.port)
  await associated(listener.port)
  const third = await new TestPeer(listener.port).send(associateRequest()).next()
  // Rejected for now, by the provider, for a local limit (PS3.8 9.3.4).
  expect([third?.type, ...(third?.body ?? [])]).toEqual([3, 0, 2, 3, 2])
  first.send(RELEASE)
  expect((await first.next())?.type).toBe(6)
  await first.closed
  await expectAtWork(listener)
})

/** 10,000 take a minute and more; the shorter form finds the same faults. */
const CONNECTIONS = process.env.GYRUS_MANY_CONNECTIONS ? 10_000 : 1_000

it(`stands ${CONNECTIONS} connections, most of which say nothing`, async () => {
  const listener = await startListener({ idleSeconds: 0.3 })
  let open: Promise<void>[] = []
  for (let n = 0; n < CONNECTIONS; n += 1) {
    const { socket, closed } = new TestPeer(listener.port)
    socket.resume()
    if (n % 10 === 0) socket.write(randomBytes(1_000))
    open.push(closed)
    if (open.length < 100) continue
    // A hundred at a time: more would try this test's own limits.
    await Promise.all(open)
    open = []
  }
  await expectAtWork(listener)
  const reasons = new Set(listener.said('refused').map(({ refused }) => refused))
  expect(reasons).toContain('too-many')
  expect(listener.said('refused').length).toBeGreaterThan(CONNECTIONS / 2)
}, 180_000)

it('says which port it cannot have', async () => {
  const first = await startListener()
  const { forkListener } = await import('../../src/main/fork-engine.ts')
  const { port, incoming } = first
  const process = forkListener()
  const failed = new Promise((resolve) => {
    process.onMessage((message) => 'failed' in message && resolve(message.failed))
  })
  const limits = { maxAssociations: 1, maxObjectMegabytes: 1, maxPduKilobytes: 16, idleSeconds: 5 }
  process.send({
    listen: { aeTitle: 'GYRUS', address: '127.0.0.1', port, peers: [], incoming, key: null, tls: null, ...limits },
  })
  expect(await failed).toBe('EADDRINUSE')
  process.kill()
})

function find(): Buffer {
  const short = (value: number) => Buffer.from([value & 0xff, value >> 8])
  return command([
    [0x0002, even(MR_IMAGE)],
    [0x0100, short(0x0020)],
    [0x0110, short(7)],
    [0x0800, short(0x0102)],
  ])
}

/** Number and result of each presentation context of an A-ASSOCIATE-AC. */
function resultsOf(body: Buffer): [number, number][] {
  const found: [number, number][] = []
  for (let at = 68; at < body.length; at += 4 + body.readUInt16BE(at + 2)) {
    if (body.readUInt8(at) === 0x21) found.push([body.readUInt8(at + 4), body.readUInt8(at + 6)])
  }
  return found
}
