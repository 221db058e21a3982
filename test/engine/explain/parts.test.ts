import { expect, it } from 'vitest'
import { markedTenth } from '../../../src/main/engine/explain/faithful.ts'
import { framed } from '../../../src/main/engine/explain/frame.ts'
import {
  eachTap,
  type HeatHead,
  heatOf,
  OUTPUTS,
  probabilitiesOf,
  runHead,
} from '../../../src/main/engine/explain/head.ts'
import { packHead, unpackHead } from '../../../src/main/engine/explain/load.ts'
import { remove } from '../../../src/main/engine/explain/remove.ts'
import { preprocessPlaced } from '../../../src/main/engine/preprocess/index.ts'
import type { DecodedImage } from '../../../src/main/engine/types.ts'
import type { Preprocessing } from '../../../src/shared/model.ts'
import { viridis } from '../../../src/shared/viridis.ts'

const image = (width: number, height: number, data = new Uint8Array(width * height)): DecodedImage => ({
  ...{ width, height, channels: 1, data, format: 'png' },
})
const spec: Preprocessing = {
  ...{ version: 'test', size: 32, region: 'whole', colour: 'grey' },
  resize: { fit: 'contain', kernel: 'linear' },
  stretch: { images: 'high-bit-depth', percentiles: [1, 99] },
  normalise: { mean: 127, std: 128 },
}

it('a map of a part of the image stands in that part, and its peak in shares of the whole', () => {
  const values = Float32Array.of(0, 0, 0, 2)
  const map = framed(
    { side: 2, values, shown: { left: 0.5, top: 0.5, width: 0.5, height: 0.5 }, least: 0 },
    image(64, 64),
  )
  expect([map.width, map.height, map.highest]).toEqual([256, 256, 2])
  expect(map.peak).toEqual({ x: 0.875, y: 0.875 })
  const at = (x: number, y: number) => map.values[y * 256 + x] as number
  expect(at(100, 200)).toBe(0)
  expect(at(224, 224)).toBeCloseTo(1, 1)
  expect(at(140, 140)).toBe(0)
})

it('a square with black beside the image shows more than the image', () => {
  const { shown } = preprocessPlaced(image(64, 32), spec)
  expect(shown).toEqual({ left: 0, top: -0.5, width: 1, height: 2 })
})

it('a square of the head alone shows its box', () => {
  const data = new Uint8Array(128 * 128)
  for (let y = 64; y < 120; y++) data.fill(200, y * 128 + 64, y * 128 + 120)
  const { shown } = preprocessPlaced(image(128, 128, data), {
    ...spec,
    region: 'head',
    resize: { fit: 'fill', kernel: 'linear' },
  })
  for (const [value, expected] of [
    [shown.left, 0.5],
    [shown.top, 0.5],
    [shown.width, 56 / 128],
    [shown.height, 56 / 128],
  ] as const)
    expect(Math.abs(value - expected)).toBeLessThan(0.03)
})

it('what is removed is filled from beside it, and nothing else changes', () => {
  const side = 32
  const input = Float32Array.from({ length: 3 * side * side }, (_, i) => (i % side < 16 ? -0.5 : 0.5))
  const removed = new Uint8Array(side * side)
  for (let y = 10; y < 14; y++) removed.fill(1, y * side + 4, y * side + 8)
  const without = remove(input, removed, side)
  expect([...without]).toEqual([...input])
  const spot = input.slice()
  for (let y = 10; y < 14; y++) spot.fill(0.9, y * side + 4, y * side + 8)
  expect([...remove(spot, removed, side)].slice(0, side * side)).toEqual([...input].slice(0, side * side))
  const all = remove(input, new Uint8Array(side * side).fill(1), side)
  expect([...all].every((value) => value === 0)).toBe(true)
})

it('marks a tenth of the square, where the map is highest', () => {
  const values = Float32Array.from({ length: 100 }, (_, i) => (i < 10 ? 1 : 0))
  const marked = markedTenth({ side: 10, values, shown: { left: 0, top: 0, width: 1, height: 1 }, least: 0 }, 50)
  expect(marked.reduce((sum, one) => sum + one, 0)).toBe(250)
  expect(marked.slice(0, 250).every((one) => one === 1)).toBe(true)
})

it('a head computes what was worked out by hand, also as its file has it', () => {
  const head: HeatHead = {
    hidden: 1,
    levels: [
      { name: 'fine', channels: 1, weights: Float32Array.of(2) },
      { name: 'coarse', channels: 2, weights: Float32Array.of(1, -1) },
    ],
    bias: Float32Array.of(-1),
    out: Float32Array.of(1, 0, 0, 0),
    outBias: Float32Array.of(0, Math.log(2), 0, 0),
  }
  const levels = [
    { side: 2, values: Float32Array.of(1, 0, 0, 3) },
    { side: 1, values: Float32Array.of(2, 1) },
  ]
  // Hidden: 2 · fine + (2 − 1) − 1, cut off below 0.
  const run = runHead(unpackHead(packHead(head)), levels)
  expect([...run.hidden]).toEqual([2, 0, 0, 6])
  expect(run.outputs.length).toBe(4 * OUTPUTS)
  const any = [2, 0, 0, 6].map((score) => 1 / (1 + Math.exp(-score)))
  for (const [i, value] of probabilitiesOf(run).entries()) expect(value).toBeCloseTo(any[i] as number, 5)
  // All four lie within one place of each other.
  for (const value of heatOf(run, null)) expect(value).toBeCloseTo(8 / 9, 5)
  // The first kind has half, the others a quarter each.
  for (const value of heatOf(run, 'glioma')) expect(value).toBeCloseTo(4 / 9, 3)
  for (const value of heatOf(run, 'pituitary')) expect(value).toBeCloseTo(2 / 9, 3)
})

it('enlarging weighs every place with 1 in all', () => {
  const weights = new Float64Array(36)
  eachTap(3, 6, (_, to, weight) => {
    weights[to] = (weights[to] as number) + weight
  })
  for (const weight of weights) expect(weight).toBeCloseTo(1, 12)
})

it('colours grow lighter all the way', () => {
  const light = Array.from({ length: 21 }, (_, i) => {
    const [r, g, b] = viridis(i / 20)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  })
  for (let i = 1; i < light.length; i++) expect(light[i]).toBeGreaterThan(light[i - 1] as number)
  expect(viridis(0)).toEqual([0x44, 0x01, 0x54])
  expect(viridis(1)).toEqual([0xfd, 0xe7, 0x25])
})
