import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readInputs } from '../../src/main/core/models/inputs.ts'
import { distanceTo } from '../../src/main/engine/inputs/distance.ts'
import { largestEigen } from '../../src/main/engine/inputs/eigen.ts'
import { type FeatureModel, fitFeatures } from '../../src/main/engine/inputs/fit.ts'
import { pack, unpack } from '../../src/main/engine/inputs/packed.ts'
import { sha256Of } from '../../src/main/engine/model/files.ts'
import { loadModel } from '../../src/main/engine/model/index.ts'
import { cardSchema } from '../../src/shared/model.ts'
import type { ModelInputs } from '../../src/shared/model-inputs.ts'
import { random } from '../../src/shared/random.ts'
import { trainedOn } from '../support/trained.ts'
import { ACTIVE, copyOfShipped, edit, SHIPPED } from './support/shipped.ts'

describe('a distribution of features', () => {
  it('has the largest eigenvalues and their vectors', () => {
    // Q diag(6, 3, 1, 0) Qᵀ with the columns ½(1 1 1 1), ½(1 −1 1 −1), ½(1 1 −1 −1), ½(1 −1 −1 1)
    const columns = [
      [1, 1, 1, 1],
      [1, -1, 1, -1],
      [1, 1, -1, -1],
    ]
    const matrix = Float64Array.from({ length: 16 }, (_, at) =>
      [6, 3, 1].reduce((sum, value, k) => sum + (value * at4(columns[k], at >> 2) * at4(columns[k], at & 3)) / 4, 0),
    )
    const times = (vectors: Float64Array, count: number) =>
      Float64Array.from({ length: 4 * count }, (_, at) =>
        [0, 1, 2, 3].reduce((sum, i) => sum + (matrix[4 * (at & 3) + i] ?? 0) * (vectors[4 * (at >> 2) + i] ?? 0), 0),
      )
    const { values, vectors } = largestEigen(times, 4, 2)
    expect([...values].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([6, 3])
    for (const k of [0, 1]) {
      const along = [...vectors.subarray(4 * k, 4 * k + 4)].reduce((sum, v, i) => sum + (v * at4(columns[k], i)) / 2, 0)
      expect(Math.abs(along)).toBeCloseTo(1, 10)
    }
  })

  it('is fitted as it was worked out by hand, and its mean square distance over the images is 1', () => {
    // Mean (1, 2, 0, 0); variances 8 along the first, 2 along the second, 0 else: one component for 8 images and 4 numbers
    // would be 2; of 4 images it is 1. The rest is (8 + 2 − 8) / 3.
    const rows = [
      [5, 2, 0, 0],
      [-3, 2, 0, 0],
      [1, 4, 0, 0],
      [1, 0, 0, 0],
    ].map((row) => Float32Array.from(row))
    const model = fitFeatures(rows)
    expect([...model.mean]).toEqual([1, 2, 0, 0])
    expect(model.variances).toEqual([expect.closeTo(8, 10)])
    expect([...model.components].map(Math.abs)).toEqual([1, 0, 0, 0].map((value) => expect.closeTo(value, 6)))
    expect(model.rest).toBeCloseTo(2 / 3, 10)
    expect(model.explained).toBeCloseTo(0.8, 10)
    // (4² / 8) / 4 and (2² / ⅔) / 4
    expect(distanceTo(model, rows[0] as Float32Array)).toBeCloseTo(Math.sqrt(0.5), 6)
    expect(distanceTo(model, rows[2] as Float32Array)).toBeCloseTo(Math.sqrt(1.5), 6)
    const squares = rows.map((row) => distanceTo(model, row) ** 2)
    expect(squares.reduce((sum, square) => sum + square, 0) / 4).toBeCloseTo(1, 6)
  })

  it('is the same of a few images as of each of them four times, which are enough to write the covariance out', () => {
    const draw = random(3)
    const few = Array.from({ length: 12 }, () => Float32Array.from({ length: 33 }, (_, i) => (draw() - 0.5) * (33 - i)))
    const [a, b] = [few, [few, few, few, few].flat()].map((rows) => fitFeatures(rows, 3)) as [
      FeatureModel,
      FeatureModel,
    ]
    expect(a.variances).toHaveLength(3)
    expect(a.variances).toEqual(b.variances.map((value) => expect.closeTo(value, 6)))
    expect([...a.components].map(Math.abs)).toEqual(
      [...b.components].map((value) => expect.closeTo(Math.abs(value), 4)),
    )
    expect(a.rest).toBeCloseTo(b.rest, 8)
    expect(a.explained).toBeCloseTo(b.explained, 8)
  })

  it('tells what is of its kind from what is not, also as its file has it', () => {
    const draw = random(7)
    // Of 3 dimensions among 33 and a little of everything; an odd number of them.
    const axes = Array.from({ length: 3 }, () => Array.from({ length: 33 }, () => draw() - 0.5))
    const like = () => {
      const parts = axes.map(() => 4 * (draw() - 0.5))
      return Float32Array.from({ length: 33 }, (_, i) =>
        axes.reduce((sum, axis, k) => sum + (parts[k] as number) * (axis[i] as number), 0.05 * (draw() - 0.5)),
      )
    }
    const model = fitFeatures(Array.from({ length: 200 }, like))
    const packed = unpack(pack(model))
    const others = Array.from({ length: 50 }, like)
    const farthest = Math.max(...others.map((row) => distanceTo(packed, row)))
    expect(farthest).toBeLessThan(2)
    const unlike = others.map((row) =>
      distanceTo(
        packed,
        row.map((value) => value + 0.3),
      ),
    )
    expect(Math.min(...unlike)).toBeGreaterThan(5 * farthest)
    // Half precision turns the axes a little.
    for (const row of others) expect(distanceTo(packed, row) / distanceTo(model, row)).toBeCloseTo(1, 0)
  })

  it('of images that are all the same has no direction, and a distance all the same', () => {
    const model: FeatureModel = fitFeatures(Array.from({ length: 8 }, () => Float32Array.from([1, 2, 3, 4])))
    expect(model.explained).toBe(0)
    expect(distanceTo(model, Float32Array.from([1, 2, 3, 4]))).toBe(0)
    expect(distanceTo(model, Float32Array.from([1, 2, 3, 5]))).toBeGreaterThan(100)
  })
})

const at4 = (row: number[] | undefined, i: number) => row?.[i] ?? Number.NaN

describe('the model that ships', () => {
  it('carries what its training images were like: those of its card, in less than a megabyte', async () => {
    const found = await readInputs({ id: 'efl0-2', origin: 'shipped', dir: ACTIVE })
    const card = cardSchema.parse(JSON.parse(await readFile(join(ACTIVE, 'card.json'), 'utf8')))
    expect(found?.inputs).toMatchObject({
      training: { n: 5391, sha256: card.training.dataSha256 },
      confidence: { n: 4710 },
      features: { width: 1280, distance: { n: 275 } },
    })
    expect((await readFile(join(ACTIVE, 'inputs.json'))).length).toBeLessThan(2 ** 20)
    for (const { counts } of Object.values(found?.inputs.statistics ?? {}))
      expect(counts.reduce((sum, n) => sum + n, 0)).toBe(5391)
  })

  it('tells how far an image is from them', async () => {
    const model = await loadModel(ACTIVE, { threads: 1 })
    const near = model.distance(new Float32Array(await meanOfShipped()))
    expect(near).toBe(0)
    expect(model.distance(new Float32Array(1280).fill(3))).toBeGreaterThan(5)
    await model.dispose()
  })
})

async function meanOfShipped(): Promise<ArrayBuffer> {
  const { features } = JSON.parse(await readFile(join(ACTIVE, 'inputs.json'), 'utf8')) as ModelInputs
  return new Uint8Array(Buffer.from(features.mean, 'base64')).buffer
}

describe('a folder', () => {
  it('without it loads as before, and tells no distance', async () => {
    const model = await loadModel(SHIPPED, { threads: 1 })
    expect(model.manifest.inputs).toBeUndefined()
    expect(model.distance(new Float32Array(1280))).toBeNull()
    await model.dispose()
    expect(await readInputs({ id: 'efl0-head-1', origin: 'shipped', dir: SHIPPED })).toBeNull()
  })

  it('whose file was altered, is gone, or is another model’s is refused by its name', async () => {
    const dir = await copyOfShipped()
    const file = join(dir, 'inputs.json')
    const write = async (change: (inputs: ModelInputs) => void) => {
      const { inputs } = trainedOn()
      const manifest = JSON.parse(await readFile(join(dir, 'model.json'), 'utf8'))
      Object.assign(inputs, { weightsSha256: manifest.weights.sha256, preprocessing: manifest.preprocessing.version })
      change(inputs)
      const text = JSON.stringify(inputs)
      await writeFile(file, text)
      await edit(dir, 'model.json', (known) => {
        known.inputs = { file: 'inputs.json', sha256: sha256Of(Buffer.from(text)), by: 'a test' }
      })
    }
    const place = { id: 'efl0-head-1', origin: 'registered', dir } as const
    const refused = async (code: string) => {
      for (const open of [() => loadModel(dir), () => readInputs(place)])
        await expect(open()).rejects.toMatchObject({ code, message: expect.stringContaining('inputs.json') })
    }
    await write(() => undefined)
    await (await loadModel(dir)).dispose()
    await writeFile(file, `${await readFile(file, 'utf8')} `)
    await refused('model-altered')
    await write((inputs) => {
      inputs.weightsSha256 = 'f'.repeat(64)
    })
    await refused('model-altered')
    await write((inputs) => {
      inputs.features.width = 3
    })
    await refused('model-invalid')
    await rm(file)
    await refused('model-missing')
  })
})
