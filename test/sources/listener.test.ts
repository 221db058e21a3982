import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { scanPath } from '../../src/main/core/data-folder.ts'
import type { Core } from '../../src/main/core/index.ts'
import type { StartListener } from '../../src/main/core/sources/process.ts'
import { forkListener } from '../../src/main/fork-engine.ts'
import { auditQuerySchema } from '../../src/shared/audit.ts'
import { caseQuerySchema } from '../../src/shared/cases.ts'
import { DEFAULT_LISTENER, type ListenerSettings } from '../../src/shared/sources.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { dcmtk } from '../support/dcmtk.ts'
import { associateRequest, data, RELEASE, storeCommand, TestPeer } from '../support/dicom-client.ts'
import { fillDisk, mountSmallDisk } from '../support/mount.ts'
import { needsShared } from '../support/needs-shared.ts'
import { shared } from '../support/shared.ts'

const SERIES = shared('dicom/series-t1')
const PEER = { aeTitle: 'MR1', address: '127.0.0.1' }
const SETTINGS: ListenerSettings = { ...DEFAULT_LISTENER, on: true, port: 0, peers: [PEER] }

const listener = async (core: Core) => (await ask(core, 'sources.list', {})).listener

/** Waits until it listens; gives the port. */
async function portOf(core: Core): Promise<number> {
  await vi.waitFor(async () => expect((await listener(core)).state).toBe('ready'), 30_000)
  return (await listener(core)).listening?.port as number
}

async function openListening(settings: Partial<ListenerSettings> = {}, startListener?: StartListener) {
  const opened = await openTestCore(temporaryFolder(), startListener ? { startListener } : {})
  await opened.core.resume()
  await ask(opened.core, 'sources.set-listener', { ...SETTINGS, ...settings })
  return opened
}

const send = (port: number, ...files: string[]) =>
  dcmtk('storescu', '-v', '-aet', 'MR1', '-aec', 'GYRUS', '127.0.0.1', String(port), ...files)

const acts = async (core: Core, act: string) => {
  const { entries } = await core.store.listAudit(auditQuerySchema.parse({}), null, 200)
  return entries.filter((one) => one.act === act).map(({ actor, detail }) => ({ actor, ...JSON.parse(detail) }))
}

it('is off until an administrator switches it on, and says so', async () => {
  const started: StartListener[] = []
  const startListener = () => {
    started.push(forkListener)
    return forkListener()
  }
  const { core } = await openTestCore(temporaryFolder(), { startListener })
  await core.resume()
  expect(await listener(core)).toMatchObject({ state: 'off', listening: null, settings: { on: false, peers: [] } })
  expect(started).toEqual([])
  await ask(core, 'sources.set-listener', SETTINGS)
  await portOf(core)
  expect(await acts(core, 'source.saved')).toMatchObject([
    { actor: READER, settings: { on: true, peers: [PEER] }, before: { on: false } },
  ])
  await ask(core, 'sources.set-listener', { ...SETTINGS, on: false })
  await vi.waitFor(async () => expect(await listener(core)).toMatchObject({ state: 'off', listening: null }))
}, 60_000)

needsShared(SERIES)
it.skipIf(SERIES === null)(
  'acknowledges what is on record, and tells who sent it; the same once more is no other case',
  async () => {
    const { core } = await openListening()
    const port = await portOf(core)
    const files = ['N2D_0012.dcm', 'N2D_0024.dcm'].map((name) => join(SERIES as string, name))
    const { text } = await send(port, ...files)
    expect(text.match(/Received Store Response \(Success\)/g)).toHaveLength(2)
    const received = (await acts(core, 'case.received')).filter(({ sha256 }) => sha256 !== undefined)
    expect(received).toMatchObject([
      { actor: 'dicom:MR1', source: 'dicom' },
      { actor: 'dicom:MR1', source: 'dicom' },
    ])
    expect(await listener(core)).toMatchObject({ today: { received: 2, known: 0, refused: 0 }, last: PEER })
    // Read like any other: the model has an answer to each, and slices of one series are put together.
    await vi.waitFor(async () => expect(await acts(core, 'case.analysed')).toHaveLength(2), 60_000)
    await core.series.settle()
    const listed = caseQuerySchema.parse({ sources: ['dicom'] })
    const { rows } = await core.store.listCases(listed, 0, 10)
    expect(rows).toMatchObject([{ fileName: 'Series 401', description: expect.stringContaining('2 slices') }])
    const sha256 = (await core.store.scanOfCase(rows[0]?.id ?? '')) ?? ''
    expect(readFileSync(scanPath(core.folder, sha256)).toString('latin1', 128, 132)).toBe('DICM')
    expect((await send(port, ...files)).text.match(/Received Store Response \(Success\)/g)).toHaveLength(2)
    expect((await core.store.listCases(listed, 0, 10)).total).toBe(1)
    expect(await listener(core)).toMatchObject({ today: { received: 2, known: 2 } })
  },
  120_000,
)

it('is started again when it dies, and shows that', async () => {
  const processes: ReturnType<StartListener>[] = []
  const startListener = () => {
    const process = forkListener()
    processes.push(process)
    return process
  }
  const { core } = await openListening({}, startListener)
  await portOf(core)
  processes[0]?.kill()
  await vi.waitFor(() => expect(processes).toHaveLength(2), 30_000)
  await portOf(core)
  expect(await listener(core)).toMatchObject({ state: 'ready', restarts: 1, failure: null })
}, 120_000)

it('says that another program has its port', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  const { core } = await openListening({ port })
  await vi.waitFor(async () => expect((await listener(core)).state).toBe('failed'), 30_000)
  const { failure, listening } = await listener(core)
  expect(failure?.code).toBe('listener-port-taken')
  expect(failure?.message).toContain(String(port))
  expect(listening).toBeNull()
}, 60_000)

it('puts refusals on record, but not every one of an attack', async () => {
  const { core, close } = await openListening()
  const port = await portOf(core)
  for (let n = 0; n < 40; n += 1) {
    const peer = new TestPeer(port).send(associateRequest({ calling: 'EVIL' }))
    expect((await peer.next())?.type).toBe(3)
  }
  await vi.waitFor(async () => expect((await listener(core)).today.refused).toBe(40))
  expect((await listener(core)).refused[0]).toMatchObject({ reason: 'calling-ae', aeTitle: 'EVIL' })
  const logged = await acts(core, 'source.refused')
  expect(logged).toHaveLength(10)
  expect(logged[0]).toMatchObject({ reason: 'calling-ae', aeTitle: 'EVIL', address: '127.0.0.1', unlogged: 0 })
  await close()
}, 60_000)

it('leaves nothing of an object whose listener dies, and the sender is not told that it was kept', async () => {
  const processes: ReturnType<StartListener>[] = []
  const startListener = () => {
    const process = forkListener()
    processes.push(process)
    return process
  }
  const { core } = await openListening({}, startListener)
  const peer = new TestPeer(await portOf(core)).send(associateRequest())
  expect((await peer.next())?.type).toBe(2)
  peer.send(data(3, 3, storeCommand('1.2.3')), data(3, 0, Buffer.alloc(50_000)))
  const incoming = () => readdirSync(core.folder.incoming, { recursive: true, withFileTypes: true })
  await vi.waitFor(() => expect(incoming().filter((one) => one.isFile())).toHaveLength(1), 15_000)
  const [life] = readdirSync(core.folder.incoming)
  processes[0]?.kill()
  expect(await peer.next()).toBeNull()
  await vi.waitFor(() => expect(readdirSync(core.folder.incoming)).not.toContain(life), 15_000)
  expect((await core.store.listCases(caseQuerySchema.parse({}), 0, 10)).total).toBe(0)
}, 60_000)

it('refuses objects while the disk is full, makes no cases of them, and takes them when there is room', async (context) => {
  const folder = join(temporaryFolder(), 'data')
  const reason = mountSmallDisk(folder, 20_000)
  if (reason) return context.skip(reason)
  const { core } = await openTestCore(folder)
  await core.resume()
  await ask(core, 'sources.set-listener', SETTINGS)
  const port = await portOf(core)
  const filler = join(folder, 'filler')
  fillDisk(filler, 60)
  const store = async () => {
    const peer = new TestPeer(port).send(associateRequest())
    expect((await peer.next())?.type).toBe(2)
    // Room for the listener's file or for the copy of the record, never for both.
    peer.send(data(3, 3, storeCommand('1.2.3')), data(3, 2, Buffer.alloc(50_000, 'a')))
    const status = await peer.status()
    peer.send(RELEASE)
    return status
  }
  expect(await store()).toBe(0xa700)
  const total = async () => (await core.store.listCases(caseQuerySchema.parse({}), 0, 10)).total
  expect(await total()).toBe(0)
  rmSync(filler)
  expect(await store()).toBe(0)
  expect(await total()).toBe(1)
}, 60_000)
