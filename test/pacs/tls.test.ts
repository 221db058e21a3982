import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { caseQuerySchema } from '../../src/shared/cases.ts'
import type { PacsTls } from '../../src/shared/pacs.ts'
import { DEFAULT_LISTENER } from '../../src/shared/sources.ts'
import { makeCertificates, noOpenssl } from '../support/certificates.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { dcmtk } from '../support/dcmtk.ts'
import { associateRequest, TestPeer } from '../support/dicom-client.ts'
import { missing } from '../support/dicom-tools.ts'
import { clientOf, patience, startStore } from '../support/pacs.ts'
import { shared } from '../support/shared.ts'

const REASON = missing('dcmdump') ?? noOpenssl()
const SERIES = shared('dicom/series-t1')

it('asks a PACS by TLS, which it knows by its certificate, and shows its own where that is asked for', async ({
  skip,
}) => {
  if (REASON) return skip(REASON)
  const { ca, server, client, stranger } = makeCertificates()
  // It asks for a certificate of the other end as well.
  const port = await startStore('+tls', server.keyFile, server.certificateFile, '+cf', ca.certificateFile, '-rc')
  const tls: PacsTls = { on: true, check: 'host', ca: ca.certificate, certificate: client.certificate }
  const test = (more: Partial<PacsTls>, key: string | null = client.key, host = '127.0.0.1') =>
    clientOf(port, { host, tls: { ...tls, ...more } }, key).test(patience())
  expect((await test({})).services).toContain('store')
  expect((await test({}, client.key, 'localhost')).services).toContain('store')
  await expect(test({ ca: stranger.certificate })).rejects.toMatchObject({ code: 'pacs-tls' })
  await expect(test({ ca: '' })).rejects.toMatchObject({ code: 'pacs-tls' })
  expect((await test({ ca: stranger.certificate, check: 'nothing' })).services).toContain('store')
  // Without a certificate of ours.
  await expect(test({ certificate: '' }, null)).rejects.toMatchObject({
    code: expect.stringMatching(/^pacs-(tls|ended)$/),
  })
  await expect(test({ on: false })).rejects.toMatchObject({
    code: expect.stringMatching(/^pacs-(ended|timeout|malformed)$/),
  })
}, 120_000)

it('listens by TLS alone, and to senders with a certificate where those are asked for', async ({ skip }) => {
  if (REASON) return skip(REASON)
  const { ca, server, client, stranger } = makeCertificates()
  const { core } = await openTestCore(temporaryFolder())
  await core.resume()
  const settings = (clientCa: string, certificate = server.certificate) => ({
    ...{ ...DEFAULT_LISTENER, on: true, port: 0, peers: [{ aeTitle: 'MR1', address: '127.0.0.1' }] },
    tls: { on: true, certificate, clientCa },
  })
  await expect(ask(core, 'sources.set-listener', settings(''))).rejects.toThrow('listener-certificate-unfit')
  const other = { ...settings(''), key: client.key }
  await expect(ask(core, 'sources.set-listener', other)).rejects.toThrow('does not belong to the certificate')
  await ask(core, 'sources.set-listener', { ...settings(''), key: server.key })
  const status = async () => (await ask(core, 'sources.list', {})).listener
  const ready = async () => {
    await vi.waitFor(async () => expect(await status()).toMatchObject({ state: 'ready', hasKey: true }), 30_000)
    return String((await status()).listening?.port)
  }
  const files = SERIES === null ? [] : [join(SERIES, 'N2D_0012.dcm')]
  const program = SERIES === null ? 'echoscu' : 'storescu'
  const send = (port: string, ...options: string[]) =>
    dcmtk(program, '-v', '-aet', 'MR1', '-aec', 'GYRUS', ...options, '127.0.0.1', port, ...files)
  const port = await ready()
  expect((await send(port, '+tla', '+cf', ca.certificateFile)).text).toContain('Success')
  expect((await send(port)).ok).toBe(false)
  // What is no TLS at all.
  const plain = new TestPeer(Number(port)).send(associateRequest())
  expect((await plain.next())?.type).not.toBe(2)
  await vi.waitFor(async () => expect((await status()).refused[0]?.reason).toBe('tls'), 15_000)

  await ask(core, 'sources.set-listener', settings(ca.certificate))
  const asking = await ready()
  expect((await send(asking, '+tla', '+cf', ca.certificateFile)).ok).toBe(false)
  const strange = ['+tls', stranger.keyFile, stranger.certificateFile, '+cf', ca.certificateFile]
  expect((await send(asking, ...strange)).ok).toBe(false)
  const known = ['+tls', client.keyFile, client.certificateFile, '+cf', ca.certificateFile]
  expect((await send(asking, ...known)).text).toContain('Success')
  const { total } = await core.store.listCases(caseQuerySchema.parse({}), 0, 10)
  expect(total).toBe(files.length)
  // The private key is nobody's to see.
  expect(JSON.stringify(await status())).not.toContain('PRIVATE KEY')
}, 120_000)
