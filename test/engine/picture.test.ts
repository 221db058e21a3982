import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { drawView } from '../../src/main/engine/preprocess/display.ts'
import type { DecodedImage } from '../../src/main/engine/types.ts'
import type { View } from '../../src/shared/view.ts'

const SIDE = 64

/** Four quarters: left top, right top, left bottom, right bottom. */
function quarters(values: [number, number, number, number], depth: 8 | 16 = 8): DecodedImage {
  const data = depth === 16 ? new Uint16Array(SIDE * SIDE) : new Uint8Array(SIDE * SIDE)
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)]
    data[i] = values[(y < SIDE / 2 ? 0 : 2) + (x < SIDE / 2 ? 0 : 1)] ?? 0
  }
  return { width: SIDE, height: SIDE, channels: 1, data, format: 'png' }
}

const AS_IT_IS: View = {
  window: { low: 0, high: 255 },
  inverted: false,
  flippedH: false,
  flippedV: false,
  rotation: 0,
}

async function shades(png: Uint8Array): Promise<number[]> {
  const { data, info } = await sharp(png).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) => data[Math.floor(y * info.height) * info.width + Math.floor(x * info.width)] ?? -1
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)]
}

describe('a picture for paper', () => {
  it.each<[string, Partial<View>, number[]]>([
    ['as it is', {}, [0, 80, 160, 240]],
    ['flipped left–right', { flippedH: true }, [80, 0, 240, 160]],
    ['flipped top–bottom', { flippedV: true }, [160, 240, 0, 80]],
    ['turned clockwise', { rotation: 90 }, [160, 0, 240, 80]],
    ['turned the other way', { rotation: 270 }, [80, 240, 0, 160]],
    ['first flipped, then turned', { flippedH: true, rotation: 90 }, [240, 80, 160, 0]],
    ['inverted', { inverted: true }, [255, 175, 95, 15]],
    ['in a window', { window: { low: 80, high: 160 } }, [0, 0, 255, 255]],
  ])('%s', async (_, change, expected) => {
    const { png, view } = await drawView(quarters([0, 80, 160, 240]), { ...AS_IT_IS, ...change })
    expect(await shades(png)).toEqual(expected)
    expect(view).toEqual({ ...AS_IT_IS, ...change })
  })

  it('opens 16 bits in their display window, in the size of paper', async () => {
    const picture = await drawView(quarters([1000, 20_000, 40_000, 61_000], 16), null)
    expect(picture).toMatchObject({ width: SIDE, channels: 1, bitsPerSample: 16, empty: false })
    expect(picture.view).toEqual({ ...AS_IT_IS, window: { low: 1000, high: 61_000 } })
    const found = await shades(picture.png)
    expect([found[0], found[3]]).toEqual([0, 255])
    expect((await sharp(picture.png).metadata()).width).toBe(1200)
  })

  it('keeps the proportions of an oblong image, also turned', async () => {
    const oblong: DecodedImage = { width: 40, height: 20, channels: 3, data: new Uint8Array(2400), format: 'png' }
    const { png, empty } = await drawView(oblong, { ...AS_IT_IS, rotation: 90 })
    expect(await sharp(png).metadata()).toMatchObject({ width: 600, height: 1200 })
    expect(empty).toBe(true)
  })
})
