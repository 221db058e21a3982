import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { decodeFrame } from '../../../src/main/engine/decode/dicom/index.ts'
import { decodeImage } from '../../../src/main/engine/decode/index.ts'
import { drawView, thumbnail } from '../../../src/main/engine/preprocess/display.ts'
import { asExported } from '../../../src/main/engine/preprocess/square.ts'
import type { DecodedImage } from '../../../src/main/engine/types.ts'
import { dicomFile, element } from './support/write.ts'

const file = (name: string) => readFileSync(join(import.meta.dirname, 'files', `${name}.dcm`))
const ds = (tag: number, value: string) => ({ [tag]: element(tag, 'DS', value) })
const cs = (tag: number, value: string) => ({ [tag]: element(tag, 'CS', value) })

/** 64 × 64 values of 12 bits that rise from left to right, 0 to 630. */
const RAMP = Uint16Array.from({ length: 64 * 64 }, (_, i) => (i % 64) * 10)
const ramp = (changes = {}) =>
  decodeImage(dicomFile({ 2145386512: element(0x7fe00010, 'OW', new Uint8Array(RAMP.buffer)), ...changes }))
/** What was measured at a pixel. */
const measured = ({ data, scale }: DecodedImage, i: number) =>
  (data[i] as number) * (scale?.slope ?? 1) + (scale?.intercept ?? 0)
/** Of the first row. */
const shades = (image: DecodedImage) => [...asExported(image).data.subarray(0, image.width)]

describe('greys', () => {
  it('a slope and an intercept give what was measured, and the window is in that', async () => {
    const window = { ...ds(0x00281050, '200'), ...ds(0x00281051, '101') }
    const image = await ramp({ ...ds(0x00281053, '0.5'), ...ds(0x00281052, '100'), ...window })
    expect(measured(image, 20)).toBe(200)
    // 149.5 to 249.5 (PS3.3, C.11.2.1.2).
    expect(image.window).toEqual({ low: 99, high: 299 })
  })

  it('MONOCHROME1 is shown turned round, and keeps what was measured', async () => {
    const image = await ramp(cs(0x00280004, 'MONOCHROME1'))
    expect(measured(image, 20)).toBe(200)
    expect(shades(image)[0]).toBe(255)
    expect(shades(image)[63]).toBe(0)
  })

  it('a falling slope makes what is measured highest the brightest', async () => {
    const image = await ramp(ds(0x00281053, '-1'))
    expect(measured(image, 20)).toBe(-200)
    expect(shades(image)[0]).toBe(255)
  })

  it('the first of several windows is taken', async () => {
    const image = await ramp({ ...ds(0x00281050, '300\\50'), ...ds(0x00281051, '201\\11') })
    expect(image.window).toEqual({ low: 199.5, high: 399.5 })
  })

  it('a window of one value is a step', async () => {
    const image = await ramp({ ...ds(0x00281050, '300.5'), ...ds(0x00281051, '1') })
    expect(new Set(shades(image))).toEqual(new Set([0, 128, 255]))
    expect(shades(image).filter((shade) => shade === 128)).toHaveLength(1)
  })

  it('padding is black and does not count for the window', async () => {
    const image = await decodeImage(file('padding-range'))
    const [first, middle] = [image.data[0] as number, image.data[30 * 64 + 32] as number]
    expect(first).toBe(0)
    expect(middle).toBeGreaterThan(32768)
    expect(image.window?.low).toBeGreaterThan(32768)
  })

  it('floating-point values keep what they measure to one part in 65,535', async () => {
    const image = await decodeImage(file('float'))
    const bytes = file('float')
    const at = bytes.indexOf(Buffer.from('e07f0800', 'hex')) + 12
    for (let i = 0; i < 1024; i++) {
      expect(measured(image, i)).toBeCloseTo(bytes.readFloatLE(at + 4 * i), 2)
    }
  })
})

describe('proportions', () => {
  it('pixels twice as wide as high are shown and classified twice as wide', async () => {
    const image = await decodeImage(file('aspect-ratio'))
    expect(image).toMatchObject({ width: 32, height: 64, pixel: { height: 1, width: 2, unit: null } })
    expect(asExported(image)).toMatchObject({ width: 64, height: 64 })
    expect(await sharp(await thumbnail(image, 32)).metadata()).toMatchObject({ width: 32, height: 32 })
    expect(await sharp((await drawView(image, null)).png).metadata()).toMatchObject({ width: 1200, height: 1200 })
  })

  it('spacing in mm goes before a ratio, and nonsense is no size', async () => {
    const ratio = { 2621492: element(0x00280034, 'IS', '3\\1') }
    expect(await ramp({ ...ds(0x00280030, '0.5\\0.25'), ...ratio })).toMatchObject({
      pixel: { height: 0.5, width: 0.25, unit: 'mm' },
    })
    expect(await ramp(ratio)).toMatchObject({ pixel: { height: 3, width: 1, unit: null } })
    expect((await ramp(ds(0x00280030, '0\\0'))).pixel).toBeUndefined()
    expect((await ramp(ds(0x00280030, '1\\1000'))).pixel).toBeUndefined()
  })
})

describe('frames', () => {
  it('each has its own window and place, and shares the rest', async () => {
    const frames = await Promise.all([0, 1, 2].map((n) => decodeFrame(file('enhanced-mr'), n)))
    expect(frames.map(({ dicom }) => [dicom?.frame, dicom?.frames, dicom?.position?.[2]])).toEqual([
      [1, 3, 0],
      [2, 3, 2.5],
      [3, 3, 5],
    ])
    const centres = frames.map(({ window, scale }) => {
      const { low, high } = window as { low: number; high: number }
      return ((low + high) / 2) * (scale?.slope ?? 1) + (scale?.intercept ?? 0)
    })
    expect(centres).toEqual([999.5, 1199.5, 1399.5])
    for (const { pixel, dicom } of frames) {
      expect(pixel).toEqual({ height: 0.5, width: 0.75, unit: 'mm' })
      expect(dicom?.pixelSpacing).toEqual([0.5, 0.75])
    }
  })

  it('the middle one is read where none is named, and one beyond the last is missing', async () => {
    expect((await decodeImage(file('enhanced-mr'))).dicom?.frame).toBe(2)
    await expect(decodeFrame(file('enhanced-mr'), 3)).rejects.toMatchObject({ code: 'dicom-frame-missing' })
  })

  it.each(['enhanced-mr-rle', 'enhanced-mr-j2k-pieces'])('%s has the same three', async (name) => {
    for (const n of [0, 1, 2]) {
      const [plain, coded] = await Promise.all([decodeFrame(file('enhanced-mr'), n), decodeFrame(file(name), n)])
      expect(coded.data).toEqual(plain.data)
    }
  })
})

describe('how a file begins', () => {
  const plain = file('linear-exact')
  const from = (at: number) => plain.subarray(at)
  const body = plain.indexOf(Buffer.from('08001600', 'hex'))

  it.each([
    ['without the 128 bytes', from(128)],
    ['without those and the mark', from(132)],
    ['without a meta header, too', from(body)],
    ['with the mark of a TIFF', Buffer.concat([Buffer.from('II*\0'), from(4)])],
  ])('%s', async (_, bytes) => {
    expect((await decodeImage(bytes)).data).toEqual((await decodeImage(plain)).data)
  })
})
