import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeFrame } from '../../../src/main/engine/decode/dicom/index.ts'
import { decodeImage } from '../../../src/main/engine/decode/index.ts'
import { GyrusError } from '../../../src/shared/errors.ts'
import { needsShared } from '../../support/needs-shared.ts'
import { shared } from '../../support/shared.ts'
import { dicomFile, element, encapsulated, itemHead } from './support/write.ts'

const PIXELS = 0x7fe00010
const HUGE = 0xfffffffe
const RLE = '1.2.840.10008.1.2.5'

async function codeOf(bytes: Uint8Array, frame?: number): Promise<string> {
  // Of the processor: a busy machine is no hang.
  const start = process.cpuUsage()
  const error = await decodeFrame(bytes, frame).then(
    () => 'decoded',
    (thrown: unknown) => thrown,
  )
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(5_000)
  if (error === 'decoded') return error
  expect(error).toBeInstanceOf(GyrusError)
  return (error as GyrusError).code
}

/** An element with the length that its header is to claim. */
function claiming(tag: number, vr: string, value: Uint8Array, length: number): Buffer {
  const bytes = element(tag, vr, value)
  if (['OB', 'OW', 'SQ', 'UN', 'UT'].includes(vr)) bytes.writeUInt32LE(length, 8)
  else bytes.writeUInt16LE(length, 6)
  return bytes
}

/** The file with an element before its size. */
const withElement = (bytes: Buffer) => dicomFile({ 2621441: bytes })

describe('lengths that do not fit their VR or what they are in', () => {
  it.each<[what: string, file: Buffer, code: string]>([
    [
      'a short element of 65,534 bytes',
      withElement(claiming(0x00280001, 'LO', new Uint8Array(8), 0xfffe)),
      'image-truncated',
    ],
    [
      'an element that takes in the next ones',
      withElement(claiming(0x00280001, 'LO', new Uint8Array(8), 60)),
      'dicom-damaged',
    ],
    ['a VR of no letters', withElement(Buffer.from([0x28, 0, 1, 0, 0x3f, 0x3f, 2, 0, 0, 0])), 'dicom-damaged'],
    ['a sequence of 4 GB', withElement(claiming(0x00280001, 'SQ', itemHead(0xfffee000, 0), HUGE)), 'image-truncated'],
    ['an item of 4 GB', withElement(element(0x00280001, 'SQ', itemHead(0xfffee000, HUGE))), 'dicom-damaged'],
    ['text of 4 GB', withElement(claiming(0x00280001, 'UT', new Uint8Array(8), HUGE)), 'image-truncated'],
    ['an unknown VR of 4 GB', withElement(claiming(0x00280001, 'UN', new Uint8Array(8), HUGE)), 'image-truncated'],
    ['text without a length', withElement(claiming(0x00280001, 'UT', new Uint8Array(8), 0xffffffff)), 'dicom-damaged'],
    [
      'an element longer than the item that it is in',
      withElement(element(0x00280001, 'SQ', [claiming(0x00280002, 'LO', new Uint8Array(8), 200)])),
      'dicom-damaged',
    ],
    ['a sequence of no items', withElement(element(0x00280001, 'SQ', element(0x00280002, 'US', 1))), 'dicom-damaged'],
    ['rows of three bytes', dicomFile({ 2621456: element(0x00280010, 'US', Uint8Array.of(64, 0, 9)) }), 'decoded'],
    ['rows as a text', dicomFile({ 2621456: element(0x00280010, 'LO', '64') }), 'decoded'],
    ['rows as another text', dicomFile({ 2621456: element(0x00280010, 'LO', 'sixty-four') }), 'dicom-attribute'],
    [
      'file meta of 4 GB',
      Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), claiming(0x00020001, 'OB', new Uint8Array(2), HUGE)]),
      'image-truncated',
    ],
    [
      'a million empty items',
      withElement(element(0x00280001, 'SQ', Buffer.alloc(8 * 1_000_001, itemHead(0xfffee000, 0)))),
      'dicom-limit',
    ],
    [
      'a fragment of 4 GB',
      dicomFile({ [PIXELS]: Buffer.concat([encapsulated().subarray(0, -8), itemHead(0xfffee000, HUGE)]) }, RLE),
      'image-truncated',
    ],
    [
      'fragments without an end',
      dicomFile({ [PIXELS]: encapsulated(Buffer.alloc(64)).subarray(0, -8) }, RLE),
      'image-truncated',
    ],
    [
      'a fragment within a fragment',
      dicomFile({ [PIXELS]: Buffer.concat([encapsulated().subarray(0, -8), itemHead(0xfffee000, 0xffffffff)]) }, RLE),
      'dicom-damaged',
    ],
  ])('%s', async (_, file, code) => {
    expect(await codeOf(file)).toBe(code)
  })
})

describe('frames and tables that are not what the header says', () => {
  const frames = (n: number) => ({ 2621448: element(0x00280008, 'IS', `${n}`) })
  const table = (...offsets: number[]) => {
    const bytes = Buffer.from(Uint32Array.from(offsets).buffer)
    const whole = encapsulated(Buffer.alloc(64, 1), Buffer.alloc(64, 2))
    return Buffer.concat([whole.subarray(0, 12), itemHead(0xfffee000, bytes.length), bytes, whole.subarray(20)])
  }

  it.each<[what: string, pixels: Buffer]>([
    ['fewer pieces than frames', encapsulated(Buffer.alloc(64), Buffer.alloc(64))],
    ['a table that leads out of the file', table(0xffffff00, 0xffffff80, 0xffffffff)],
    ['a table that goes backwards', table(72, 0, 144)],
  ])('%s', async (_, pixels) => {
    const file = dicomFile({ ...frames(3), [PIXELS]: pixels }, RLE)
    for (const frame of [0, 1, 2])
      expect(['dicom-frame-missing', 'image-corrupt', 'image-truncated']).toContain(await codeOf(file, frame))
    expect(await codeOf(file, 3)).toBe('dicom-frame-missing')
  })

  it('a palette whose table is shorter than it says is refused, and one of no entries', async () => {
    const palette = (descriptor: number[], bytes: number) =>
      dicomFile({
        2621444: element(0x00280004, 'CS', 'PALETTE COLOR'),
        ...Object.fromEntries(
          [0x00281101, 0x00281102, 0x00281103].map((tag) => [
            tag,
            element(tag, 'US', new Uint8Array(Uint16Array.from(descriptor).buffer)),
          ]),
        ),
        ...Object.fromEntries(
          [0x00281201, 0x00281202, 0x00281203].map((tag) => [tag, element(tag, 'OW', new Uint8Array(bytes))]),
        ),
      })
    expect(await codeOf(palette([256, 0, 16], 512))).toBe('decoded')
    expect(await codeOf(palette([256, 0, 16], 100))).toBe('dicom-attribute')
    expect(await codeOf(palette([256, 0, 16], 0))).toBe('dicom-attribute')
    expect(await codeOf(palette([256, 0, 77], 512))).toBe('dicom-attribute')
  })

  it('a private syntax without compression is refused too: how its pixels lie is not known', async () => {
    expect(await codeOf(dicomFile({}, '1.2.840.113619.5.2'))).toBe('dicom-unsupported')
  })

  it('a character set of no name is told from none of the others, and the image is read', async () => {
    for (const sets of ['ISO_IR 999', 'ISO 2022 IR 87\\\\nonsense', '\\'.repeat(40), '<script>']) {
      const file = dicomFile({
        524293: element(0x00080005, 'CS', sets),
        1048592: element(0x00100010, 'PN', Uint8Array.of(0x44, 0x1b, 0x24, 0x42, 0x3b, 0x1b, 0x99, 0xe9)),
      })
      expect((await decodeImage(file)).dicom?.patientName).toMatch(/^D/)
    }
  })
})

const FOLDERS = ['dicom/series-t1', 'dicom/syntaxes'].map(shared)
needsShared(FOLDERS[0] ?? null)
it.skipIf(FOLDERS.includes(null))(
  'real files cut off at every 1 KB are refused with a code',
  { timeout: 120_000 },
  async () => {
    const all = FOLDERS.flatMap((folder) => readdirSync(folder as string).map((name) => join(folder as string, name)))
    // One slice of the series stands for all of it.
    const files = all.filter((path, i) => !path.includes('series-t1') || i === 0)
    expect(files.length).toBeGreaterThan(10)
    for (const path of files) {
      const bytes = new Uint8Array(readFileSync(path))
      for (let length = 1024; length < bytes.length; length += 1024) {
        const code = await codeOf(bytes.subarray(0, length))
        if (code === 'decoded') {
          // Bytes of nothing behind the pixels were cut off, or of a truncated file more than there was.
          expect(await codeOf(bytes), path).toBe('decoded')
          expect(bytes.length - length, path).toBeLessThan(1024)
        } else
          expect(['image-truncated', 'dicom-no-image', 'image-corrupt', 'dicom-pixels-mismatch'], path).toContain(code)
      }
    }
  },
)
