import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeImage } from '../../../src/main/engine/decode/index.ts'
import { GyrusError } from '../../../src/shared/errors.ts'
import { dicomFile, element, encapsulated, itemHead } from './support/write.ts'

async function failureOf(bytes: Uint8Array): Promise<{ code: string; message: string }> {
  const error = await decodeImage(bytes).then(
    () => expect.unreachable('it was decoded'),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(GyrusError)
  return (error as GyrusError).toFailure()
}

const PIXELS = 0x7fe00010
const us = (tag: number, value: number) => ({ [tag]: element(tag, 'US', value) })
const cs = (tag: number, value: string) => ({ [tag]: element(tag, 'CS', value) })
const ofClass = (uid: string) => ({ 524310: element(0x00080016, 'UI', uid), [PIXELS]: null })
/** An element whose header claims another length than its value has. */
const claiming = (tag: number, vr: string, length: number) => {
  const head = element(tag, vr, new Uint8Array())
  head.writeUInt32LE(length, 8)
  return { [tag]: head }
}

it('the file that all of these are made of is read', async () => {
  expect(await decodeImage(dicomFile())).toMatchObject({ width: 64, height: 64, channels: 1 })
})

it.each<[what: string, file: Buffer, code: string, words: RegExp]>([
  ['4 GB of pixels', dicomFile(claiming(PIXELS, 'OW', 0xfffffffe)), 'image-truncated', /cut off/],
  [
    'fewer pixels than the header tells',
    dicomFile(us(0x00280010, 500)),
    'dicom-pixels-mismatch',
    /8192 bytes, not 64000/,
  ],
  ['fewer frames', dicomFile({ 2621448: element(0x00280008, 'IS', '3') }), 'dicom-pixels-mismatch', /3 × 64 × 64/],
  ['a million frames', dicomFile({ 2621448: element(0x00280008, 'IS', '1000000') }), 'dicom-limit', /frames/],
  [
    'frames in words',
    dicomFile({ 2621448: element(0x00280008, 'IS', 'many') }),
    'dicom-attribute',
    /NumberOfFrames.*many/,
  ],
  ['no rows', dicomFile({ 2621456: null }), 'dicom-attribute', /Rows \(0028,0010\).*nothing/],
  ['rows of one byte', dicomFile({ 2621456: element(0x00280010, 'US', Uint8Array.of(64)) }), 'dicom-attribute', /Rows/],
  [
    '65,535 × 65,535 pixels',
    dicomFile({ ...us(0x00280010, 65535), ...us(0x00280011, 65535) }),
    'image-too-large',
    /65535/,
  ],
  ['12 bits allocated', dicomFile(us(0x00280100, 12)), 'dicom-attribute', /BitsAllocated.*12/],
  ['more bits stored than allocated', dicomFile(us(0x00280101, 20)), 'dicom-attribute', /BitsStored/],
  ['a high bit below the lowest', dicomFile(us(0x00280102, 3)), 'dicom-attribute', /HighBit/],
  ['four samples a pixel', dicomFile(us(0x00280002, 4)), 'dicom-attribute', /SamplesPerPixel/],
  ['CMYK', dicomFile(cs(0x00280004, 'CMYK')), 'dicom-photometric', /CMYK/],
  ['a palette without its table', dicomFile(cs(0x00280004, 'PALETTE COLOR')), 'dicom-attribute', /RedPalette/],
  ['a slope of nothing', dicomFile({ 2625619: element(0x00281053, 'DS', '0') }), 'dicom-attribute', /RescaleSlope/],
  [
    'a private syntax',
    dicomFile({ [PIXELS]: encapsulated(Buffer.alloc(20)) }, '1.3.6.1.4.1.5962.300'),
    'dicom-unsupported',
    /1\.3\.6/,
  ],
  [
    'video',
    dicomFile({ [PIXELS]: encapsulated(Buffer.alloc(20)) }, '1.2.840.10008.1.2.4.102'),
    'dicom-unsupported',
    /4\.102/,
  ],
  [
    'a frame that is missing',
    dicomFile({ [PIXELS]: encapsulated() }, '1.2.840.10008.1.2.5'),
    'dicom-frame-missing',
    /Frame 1 of 1/,
  ],
  [
    'a JPEG that is none',
    dicomFile({ [PIXELS]: encapsulated(Buffer.alloc(99, 7)) }, '1.2.840.10008.1.2.4.90'),
    'image-truncated',
    /./,
  ],
  [
    'an encapsulated PDF',
    dicomFile(ofClass('1.2.840.10008.5.1.4.1.1.104.1')),
    'dicom-no-image',
    /encapsulated document/,
  ],
  ['a structured report', dicomFile(ofClass('1.2.840.10008.5.1.4.1.1.88.33')), 'dicom-no-image', /structured report/],
  ['key objects', dicomFile(ofClass('1.2.840.10008.5.1.4.1.1.88.59')), 'dicom-no-image', /key object/],
  ['a presentation state', dicomFile(ofClass('1.2.840.10008.5.1.4.1.1.11.1')), 'dicom-no-image', /presentation state/],
  ['a DICOMDIR', dicomFile(ofClass('1.2.840.10008.1.3.10')), 'medium-alone', /DICOMDIR/],
  ['an image class without pixels', dicomFile({ [PIXELS]: null }), 'dicom-no-image', /no pixel data/],
  [
    'nothing after the mark',
    Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]),
    'dicom-no-image',
    /no pixel data/,
  ],
])('%s', async (_, file, code, words) => {
  const failure = await failureOf(file)
  expect(failure.code).toBe(code)
  expect(failure.message).toMatch(words)
  expect(failure.message).not.toContain('?')
})

describe('a header without end', () => {
  const open = (vr: string) => Buffer.from([9, 0, 2, 16, vr.charCodeAt(0), vr.charCodeAt(1), 0, 0, 255, 255, 255, 255])
  const item = itemHead(0xfffee000, 0xffffffff)
  const before = dicomFile({ [PIXELS]: null })

  it.each([
    [
      'sequences in sequences',
      Buffer.concat([before, ...Array.from({ length: 20_000 }, () => [open('SQ'), item]).flat()]),
    ],
    [
      'the same of unknown kind',
      Buffer.concat([
        before,
        open('UN'),
        item,
        ...Array.from({ length: 20_000 }, () => [itemHead(0x52009229, 0xffffffff), item]).flat(),
      ]),
    ],
  ])('%s end at a limit', async (_, file) => {
    const failure = await failureOf(file)
    expect(failure).toMatchObject({ code: 'dicom-limit', message: expect.stringContaining('nested sequences') })
  })

  it('more elements than any file has', async () => {
    const one = element(0x00091001, 'LO', '')
    const failure = await failureOf(Buffer.concat([before, Buffer.alloc(one.length * 1_000_100, one)]))
    expect(failure).toMatchObject({ code: 'dicom-limit', message: expect.stringContaining('elements') })
  })

  it('a deflated file that becomes a thousand times as large', async () => {
    const meta = Buffer.concat([
      Buffer.alloc(128),
      Buffer.from('DICM'),
      element(0x00020010, 'UI', '1.2.840.10008.1.2.1.99'),
    ])
    const bomb = deflateRawSync(Buffer.alloc(600 * 2 ** 20), { level: 1 })
    expect(await failureOf(Buffer.concat([meta, bomb]))).toMatchObject({ code: 'dicom-limit' })
  })
})

describe('cut off anywhere', () => {
  const folder = join(import.meta.dirname, 'files')
  // The only file whose values tell nothing of their end: pixels in a stream of their own.
  it.each(readdirSync(folder))('%s', async (name) => {
    const bytes = readFileSync(join(folder, name))
    for (let length = 200; length < bytes.length - 16; length += 1024) {
      const { code } = await failureOf(bytes.subarray(0, length))
      expect(['image-truncated', 'dicom-no-image'], `${length} bytes`).toContain(code)
    }
  })
})
