import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unseal } from '../../src/main/sealed/format.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { dcmtk, transferSyntaxOf } from '../support/dcmtk.ts'
import { startListener } from '../support/listener.ts'
import { needsShared } from '../support/needs-shared.ts'
import { shared } from '../support/shared.ts'

const SYNTAXES = shared('dicom/syntaxes')
const ASK = ['-aet', 'MR1', '-aec', 'GYRUS', '127.0.0.1']

it('answers an echo', async () => {
  const { port, said } = await startListener()
  expect(await dcmtk('echoscu', '-v', ...ASK, String(port))).toMatchObject({ ok: true })
  expect(said('echo')).toEqual([{ echo: { aeTitle: 'MR1', address: '127.0.0.1' } }])
})

needsShared(SYNTAXES)
describe.skipIf(SYNTAXES === null)('an object', () => {
  const file = (name: string) => join(SYNTAXES as string, name)

  it.each([
    ['MR_small.dcm', []],
    ['MR_small_implicit.dcm', ['-xi']],
    ['MR_small_bigendian.dcm', ['-xb']],
    ['MR_small_RLE.dcm', ['-xr']],
    ['MR_small_jp2klossless.dcm', ['-xv']],
    ['MR_small_jpeg_ls_lossless.dcm', ['-xt']],
    ['CT_small.dcm', []],
  ])('%s lies in the file as it was sent, in its own transfer syntax', async (name, propose) => {
    const kept: Buffer[] = []
    const { port, incoming } = await startListener({}, ({ received }) => {
      kept.push(readFileSync(received.path))
      return 'kept'
    })
    const sent = await dcmtk('storescu', '-v', '-R', ...propose, ...ASK, String(port), file(name))
    expect(sent.text).toContain('Received Store Response (Success)')
    const [got] = kept as [Buffer]
    const original = readFileSync(file(name))
    expect(transferSyntaxOf(got)).toBe(transferSyntaxOf(original))
    expect(await dump(got)).toBe(await dump(original))
    expect(readdirSync(incoming)).toEqual([])
  })

  it('that cannot be kept is refused, and nothing is left of it', async () => {
    const { port, incoming, said } = await startListener({}, () => 'out-of-resources')
    const sent = await dcmtk('storescu', '-v', ...ASK, String(port), file('MR_small.dcm'))
    expect(sent.text).toMatch(/Refused: OutOfResources/i)
    expect(said('refused').map(({ refused }) => refused)).toEqual(['not-kept'])
    expect(readdirSync(incoming)).toEqual([])
  })

  it('lies sealed on the disk where the record is encrypted', async () => {
    const key = new Uint8Array(32).fill(7)
    const kept: Buffer[] = []
    const { port } = await startListener({ key }, ({ received }) => {
      kept.push(readFileSync(received.path))
      return 'kept'
    })
    await dcmtk('storescu', ...ASK, String(port), file('MR_small.dcm'))
    const [got] = kept as [Buffer]
    expect(got.includes('CompressedSamples')).toBe(false)
    const opened = unseal(key, got)
    expect(opened?.includes('CompressedSamples')).toBe(true)
  })
})

it.each([
  ['calling-ae', ['-aet', 'MR2', '-aec', 'GYRUS'], 'Calling AE Title Not Recognized'],
  ['called-ae', ['-aet', 'MR1', '-aec', 'OTHER'], 'Called AE Title Not Recognized'],
])('refuses an association: %s', async (reason, titles, words) => {
  const { port, heard } = await startListener()
  const said = await dcmtk('echoscu', ...titles, '127.0.0.1', String(port))
  expect(said).toMatchObject({ ok: false })
  expect(said.text).toContain(words)
  const [refused] = await heard('refused')
  expect(refused).toEqual({ refused: reason, from: { aeTitle: titles[1], address: '127.0.0.1' } })
})

it.each([[[]], [[{ aeTitle: 'MR1', address: '10.1.2.0/24' }]]])(
  'refuses an address that no peer has: %j',
  async (peers) => {
    const { port, heard } = await startListener({ peers })
    expect(await dcmtk('echoscu', ...ASK, String(port))).toMatchObject({ ok: false })
    const [refused] = await heard('refused')
    expect(refused).toEqual({ refused: 'address', from: { aeTitle: '', address: '127.0.0.1' } })
  },
)

it('takes a network of addresses', async () => {
  const { port } = await startListener({ peers: [{ aeTitle: 'MR1', address: '127.0.0.0/8' }] })
  expect(await dcmtk('echoscu', ...ASK, String(port))).toMatchObject({ ok: true })
})

/** What dcmdump makes of a data set: all elements, none cut, but for the padding at its end, which DCMTK does not send. */
async function dump(file: Buffer): Promise<string> {
  const path = join(temporaryFolder(), 'a.dcm')
  writeFileSync(path, file)
  const { text } = await dcmtk('dcmdump', '+L', '+R', '4096', '-q', path)
  const lines = text.slice(text.indexOf('# Dicom-Data-Set')).trim().split('\n')
  return lines.filter((line) => !line.startsWith('(fffc,fffc)')).join('\n')
}
