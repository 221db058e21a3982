import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadModel } from '../../src/main/engine/model/index.ts'
import { preprocess, preprocessMeasured } from '../../src/main/engine/preprocess/index.ts'
import { measureInput } from '../../src/main/engine/preprocess/statistics.ts'
import type { DecodedImage } from '../../src/main/engine/types.ts'
import { random } from '../../src/shared/random.ts'

const SIZE = 8
const plane = (size: number, at: (x: number, y: number) => number) =>
  Float32Array.from({ length: size * size }, (_, i) => at(i % size, Math.floor(i / size)))

describe('a picture is measured', () => {
  it('where nothing is on it, where it is a slope, and where it is stripes', () => {
    const flat = measureInput([plane(SIZE, () => 100)], SIZE, 1)
    expect(flat).toEqual({ brightness: 100, contrast: 0, sharpness: -2, noise: 0, head: 1 })
    // Mean of 0, 10 … 70 is 35, their variance 100 · (8² − 1) / 12 = 525. No second difference.
    const slope = measureInput([plane(SIZE, (x) => 10 * x)], SIZE, 0.5)
    expect(slope).toMatchObject({ brightness: 35, sharpness: -2, noise: 0, head: 0.5 })
    expect(slope.contrast).toBeCloseTo(Math.sqrt(525), 10)
    // Laplacian of 0: 255 + 255 + 0 + 0; of 255: as much below: variance 510². Edges are no noise.
    const stripes = measureInput([plane(SIZE, (x) => 255 * (x % 2))], SIZE, 1)
    expect(stripes).toMatchObject({ brightness: 127.5, contrast: 127.5, noise: 0 })
    expect(stripes.sharpness).toBeCloseTo(Math.log10(510 ** 2), 6)
  })

  it('of three channels as their mean', () => {
    const planes = [30, 60, 90].map((grey) => plane(SIZE, () => grey))
    expect(measureInput(planes, SIZE, 1).brightness).toBe(60)
  })

  it('with the noise that was put on it', () => {
    const next = random(1)
    const gauss = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
    const noisy = plane(160, (x, y) => x / 2 + y / 4 + 5 * gauss())
    expect(measureInput([noisy], 160, 1).noise).toBeCloseTo(5, 0)
    expect(Math.abs(measureInput([noisy], 160, 1).noise - 5)).toBeLessThan(0.1)
  })
})

it('on the way to the network, whose input it leaves as it is', async () => {
  const model = await loadModel(join(import.meta.dirname, '../../resources/models/efl0-2'))
  const { preprocessing } = model.manifest
  await model.dispose()
  // A bright square of a quarter of the area.
  const data = Uint8Array.from({ length: 400 * 400 }, (_, i) =>
    Math.abs((i % 400) - 199.5) < 100 && Math.abs(Math.floor(i / 400) - 199.5) < 100 ? 180 : 5,
  )
  const image: DecodedImage = { width: 400, height: 400, channels: 1, data, format: 'png' }
  const { input, statistics } = preprocessMeasured(image, preprocessing)
  expect(input).toEqual(await preprocess(image, preprocessing))
  expect(Math.abs(statistics.head - 0.25)).toBeLessThan(0.03)
  expect(statistics.brightness).toBeGreaterThan(150)
})
