import { expect, it } from 'vitest'
import { brainBox, croppedToBrain } from '../../../src/main/engine/brain-region/crop.ts'
import { preparePlaced } from '../../../src/main/engine/preprocess/index.ts'
import { RECIPES } from '../../../src/main/engine/train/recipes/index.ts'
import type { DecodedImage } from '../../../src/main/engine/types.ts'
import { preprocessingSchema } from '../../../src/shared/model.ts'
import { RECIPE_NAMES } from '../../../src/shared/training.ts'

const [WIDTH, HEIGHT] = [200, 100]

/** An oval 60 px wide and 40 px high about (140, 60), of more than 8 bits where `top` says so. */
function oval(top = 200): DecodedImage {
  const inside = (i: number) => Math.hypot(((i % WIDTH) - 140) / 30, (Math.floor(i / WIDTH) - 60) / 20) <= 1
  const values = Array.from({ length: WIDTH * HEIGHT }, (_, i) => (inside(i) ? top : 0))
  const data = top > 255 ? Uint16Array.from(values) : Uint8Array.from(values)
  return { width: WIDTH, height: HEIGHT, channels: 1, data, format: 'png' }
}

it('adds a margin of the longer side, as far as the picture goes', () => {
  const box = { left: 100, top: 5, width: 80, height: 40 }
  const region = { box, width: 200, height: 100 }
  expect(brainBox(region, 0)).toEqual(box)
  expect(brainBox(region, 0.1)).toEqual({ left: 92, top: 0, width: 96, height: 53 })
  expect(brainBox(region, 0.5)).toEqual({ left: 60, top: 0, width: 140, height: 85 })
})

it.each([200, 40_000])('shows the brain with its margin, and says which part of the image that is (%i)', (top) => {
  const spec = croppedToBrain(RECIPES.head.preprocessing(64), 0.1)
  const { shown, noBrain, planes } = preparePlaced(oval(top), spec)
  expect(noBrain).toBe(false)
  const [left, right] = [shown.left * WIDTH, (shown.left + shown.width) * WIDTH]
  const [above, below] = [shown.top * HEIGHT, (shown.top + shown.height) * HEIGHT]
  // The oval with 6 px on each side; the grid has 1.6 px.
  for (const [is, wanted] of [
    [left, 104],
    [right, 176],
    [above, 34],
    [below, 86],
  ] as const) {
    expect(Math.abs(is - wanted)).toBeLessThan(5)
  }
  expect(planes[0]?.[32 * 64 + 32]).toBeGreaterThan(150)
})

it('shows the whole image where there is no brain, and says so', () => {
  const spec = croppedToBrain(RECIPES.head.preprocessing(64), 0.1)
  const image = { ...oval(), data: new Uint8Array(WIDTH * HEIGHT).fill(90) }
  expect(preparePlaced(image, spec)).toMatchObject({
    noBrain: true,
    shown: { left: 0, top: 0, width: 1, height: 1 },
  })
  expect(preparePlaced(image, RECIPES.head.preprocessing(64)).noBrain).toBe(false)
})

it('has a version of its own in every recipe, and keeps the rest', () => {
  for (const name of RECIPE_NAMES) {
    const spec = RECIPES[name].preprocessing(96)
    const { version, region, margin, ...rest } = croppedToBrain(spec, 0.05)
    expect(preprocessingSchema.parse(croppedToBrain(spec, 0.05))).toMatchObject({ region, margin: 0.05 })
    expect(version).toBe(`${spec.version}-brain1-0.05`)
    expect({ ...rest, version: spec.version, region: spec.region }).toEqual(spec)
    // A margin without a brain, or the other way round, would be told by nobody.
    expect(preprocessingSchema.safeParse({ ...spec, margin: 0.1 }).success).toBe(false)
    expect(preprocessingSchema.safeParse({ ...spec, region: 'brain' }).success).toBe(false)
  }
})
