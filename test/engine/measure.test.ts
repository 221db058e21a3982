import { join } from 'node:path'
import { expect, it } from 'vitest'
import { decodeFile } from '../../src/main/engine/decode/file.ts'
import { measureImage } from '../../src/main/engine/measure/index.ts'
import { MeasureThreads } from '../../src/main/engine/measure/threads.ts'
import type { DecodedImage } from '../../src/main/engine/types.ts'

const SAMPLES = ['01.jpg', '02.png', '05.png', '12.png'].map((name) =>
  join(import.meta.dirname, `../../resources/samples/sample-${name}`),
)

const decoded = () => Promise.all(SAMPLES.map((path) => decodeFile({ path })))

it('measures in a thread what is measured here, whatever the image is a view of', async () => {
  const threads = new MeasureThreads()
  const images = await decoded()
  const larger = images.map((image): DecodedImage => {
    const buffer = new Uint8Array(image.data.length + 1000)
    buffer.set(image.data, 500)
    return { ...image, data: buffer.subarray(500, 500 + image.data.length) }
  })
  const here = images.map((image) => measureImage(image))
  expect(await Promise.all(images.map((image) => threads.measure(image, false)))).toEqual(here)
  expect(await Promise.all(larger.map((image) => threads.measure(image, false)))).toEqual(here)
  expect(threads.open).toBe(0)
})

it('answers who waits for it before what was there before it', async () => {
  const threads = new MeasureThreads()
  const [urgent, ...others] = await decoded()
  if (!urgent) throw new Error('a sample')
  const ended: string[] = []
  const many = Array.from({ length: 5 }, () => others).flat()
  const all = many.map((image) => threads.measure(image, false).then(() => ended.push('other')))
  await Promise.all([...all, threads.measure(urgent, true).then(() => ended.push('urgent'))])
  expect(ended[0]).toBe('urgent')
})

it('says what is wrong with an image, and measures the next one', async () => {
  const threads = new MeasureThreads()
  const [image] = await decoded()
  if (!image) throw new Error('a sample')
  await expect(threads.measure({ ...image, width: -1 }, false)).rejects.toThrow('RangeError')
  expect(await threads.measure(image, false)).toEqual(measureImage(image))
})
