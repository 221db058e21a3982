import { describe, expect, it } from 'vitest'
import { headOf, hideBox, hideHead } from '../../src/main/engine/shortcuts/hide.ts'
import { placeElsewhere, toPixels } from '../../src/main/engine/shortcuts/place.ts'
import type { DecodedImage } from '../../src/main/engine/types.ts'
import { random } from '../../src/shared/random.ts'

const SIDE = 96

/** A bright disc of radius 30 on grey 8, with a letter-like stroke in the corner. */
const value = (x: number, y: number) => {
  if ((x - 48) ** 2 + (y - 48) ** 2 <= 30 ** 2) return 150 + ((x + y) % 3)
  return x >= 3 && x < 5 && y >= 3 && y < 12 ? 250 : 8
}
const picture = (channels: 1 | 3 = 1): DecodedImage => ({
  ...{ width: SIDE, height: SIDE, channels, format: 'png' },
  data: Uint8Array.from({ length: SIDE * SIDE * channels }, (_, i) => {
    const pixel = Math.floor(i / channels)
    return value(pixel % SIDE, Math.floor(pixel / SIDE)) + (i % channels)
  }),
})
const at = ({ data, channels }: DecodedImage, x: number, y: number, channel = 0) =>
  data[(y * SIDE + x) * channels + channel]

describe('hiding the head', () => {
  it('leaves the background, and what is written on it', () => {
    const hidden = hideHead(picture()) as DecodedImage
    expect(new Set(hidden.data)).toEqual(new Set([8, 250]))
    expect(at(hidden, 4, 6)).toBe(250)
    expect(at(hidden, 48, 48)).toBe(8)
  })

  it('fills each channel by itself, and changes nothing of the image that it was given', () => {
    const image = picture(3)
    const hidden = hideHead(image) as DecodedImage
    expect([0, 1, 2].map((channel) => at(hidden, 48, 48, channel))).toEqual([8, 9, 10])
    expect(image.data).toEqual(picture(3).data)
  })

  it('is not done where no head stands out', () => {
    expect(hideHead({ ...picture(), data: new Uint8Array(SIDE * SIDE) })).toBeNull()
  })
})

describe('hiding a box', () => {
  it('fills it with the median around it, and nothing else', () => {
    const box = toPixels({ cx: 0.5, cy: 0.5, w: 0.125, h: 0.25 }, SIDE, SIDE)
    expect(box).toEqual({ left: 42, top: 36, width: 12, height: 24 })
    const hidden = hideBox(picture(), box)
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) {
        const inside = x >= 42 && x < 54 && y >= 36 && y < 60
        if (!inside) expect(at(hidden, x, y)).toBe(value(x, y))
        else expect(at(hidden, x, y)).toBe(151)
      }
    }
  })

  it('at an edge stays in the image', () => {
    expect(toPixels({ cx: 0, cy: 1, w: 0.5, h: 0.001 }, 100, 50)).toEqual({ left: 0, top: 49, width: 25, height: 1 })
  })
})

describe('another place for a box', () => {
  const mask = headOf(picture()) as NonNullable<ReturnType<typeof headOf>>
  const tumour = { left: 42, top: 36, width: 12, height: 16 }

  it('lies in the head, beside the tumour, and follows from the seed', () => {
    const next = random(1)
    const lefts = new Set<number>()
    for (let draw = 0; draw < 200; draw++) {
      const place = placeElsewhere(tumour, mask, { width: SIDE, height: SIDE }, next)
      if (!place) throw new Error('There is room')
      expect([place.width, place.height]).toEqual([12, 16])
      const across = Math.min(place.left + 12, 54) - Math.max(place.left, 42)
      const down = Math.min(place.top + 16, 52) - Math.max(place.top, 36)
      expect(across <= 0 || down <= 0).toBe(true)
      let head = 0
      for (let y = place.top; y < place.top + 16; y++)
        for (let x = place.left; x < place.left + 12; x++) head += value(x, y) >= 150 ? 1 : 0
      expect(head / (12 * 16)).toBeGreaterThan(0.8)
      lefts.add(place.left)
    }
    expect(lefts.size).toBeGreaterThan(20)
    const one = () => placeElsewhere(tumour, mask, { width: SIDE, height: SIDE }, random(7))
    expect(one()).toEqual(one())
  })

  it('is not there where the tumour fills the head', () => {
    const box = { left: 25, top: 25, width: 46, height: 46 }
    expect(placeElsewhere(box, mask, { width: SIDE, height: SIDE }, random(1))).toBeNull()
  })
})
