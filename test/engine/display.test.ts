import sharp from 'sharp'
import { expect, it } from 'vitest'
import { thumbnail } from '../../src/main/engine/preprocess/display.ts'
import { displayWindow } from '../../src/main/engine/preprocess/display-window.ts'
import type { DecodedImage } from '../../src/main/engine/types.ts'

/** A 100 × 50 slope of values 0 … 99 times `scale` along each row. */
function slope(scale: number): DecodedImage {
  const values = Array.from({ length: 5000 }, (_, i) => (i % 100) * scale)
  const data = scale > 1 ? Uint16Array.from(values) : Uint8Array.from(values)
  return { data, width: 100, height: 50, channels: 1, format: 'png' }
}

it('opens at the 2nd and 98th percentile of the stored values', () => {
  expect(displayWindow(slope(1))).toEqual({ low: 1, high: 97 })
  expect(displayWindow(slope(300))).toEqual({ low: 300, high: 29100 })
})

it('is never empty', () => {
  expect(displayWindow({ ...slope(1), data: new Uint8Array(5000).fill(9) })).toEqual({ low: 9, high: 10 })
})

it.each([1, 300])('makes a WebP thumbnail in that window, values times %i', async (scale) => {
  const file = await thumbnail(slope(scale), 40)
  expect(await sharp(file).metadata()).toMatchObject({ format: 'webp', width: 40, height: 20 })
  const row = await sharp(file).extractChannel(0).raw().toBuffer()
  expect(row[10 * 40]).toBeLessThan(12)
  expect(row[10 * 40 + 20]).toBeGreaterThan(115)
  expect(row[10 * 40 + 20]).toBeLessThan(145)
  expect(row[10 * 40 + 39]).toBeGreaterThan(243)
})

it('makes a colour thumbnail, and does not enlarge', async () => {
  const data = Uint8Array.from({ length: 5000 * 3 }, (_, i) => (i % 3 === 0 ? 200 : i % 7))
  const file = await thumbnail({ data, width: 100, height: 50, channels: 3, format: 'png' }, 400)
  const { data: pixels, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true })
  expect(info).toMatchObject({ width: 100, height: 50, channels: 3 })
  expect((pixels[0] as number) - (pixels[1] as number)).toBeGreaterThan(100)
})
