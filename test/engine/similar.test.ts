import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sha256Of } from '../../src/main/engine/model/files.ts'
import { loadModel } from '../../src/main/engine/model/index.ts'
import { makeSimilar } from '../../src/main/engine/similar/make.ts'
import { basisIn, projected } from '../../src/main/engine/similar/project.ts'
import type { Example } from '../../src/main/engine/train/run/types.ts'
import type { ModelManifest } from '../../src/shared/model.ts'
import { hashAt, indexIdOf, labelAt, packSimilar, pictureAt, unpackSimilar } from '../../src/shared/similar-file.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ACTIVE, copyOfShipped, SHIPPED } from './support/shipped.ts'

const manifestOf = async (dir: string): Promise<ModelManifest> =>
  JSON.parse(await readFile(join(dir, 'model.json'), 'utf8'))

/** Eight images of four patients, whose features differ in two of four numbers. */
async function smallFile() {
  const folder = temporaryFolder()
  const examples: Example[] = []
  const own: { features: Float32Array }[] = []
  for (let i = 0; i < 8; i++) {
    const path = join(folder, `${i}.jpg`)
    await writeFile(path, `image ${i}`)
    const label = i === 7 ? null : i % 2 === 0 ? ('glioma' as const) : ('notumor' as const)
    examples.push({ file: `${i}.jpg`, path, label, group: `P${i >> 1}`, part: 'training' })
    own.push({ features: Float32Array.from([4 * (i % 4), 1, 2 * (i >> 2), 1]) })
  }
  const apart = {
    words: 'held out',
    examples: [{ ...(examples[0] as Example) }],
    measured: [own[0] as (typeof own)[0]],
  }
  const set = { training: examples, own, apart, dataSha256: 'd'.repeat(64) }
  return makeSimilar({
    ...{ manifest: await manifestOf(SHIPPED), data: 'eight images', set },
    sourceOf: ({ label }) => ({ name: label ? 'known' : 'unknown', licence: '', noPicture: label ? null : 'none' }),
    pictureOf: async ({ file }) => (file === '3.jpg' ? Uint8Array.of(1, 2, 3) : null),
  })
}

describe('a file of training images', () => {
  it('has of each the label, group, hash, source and picture, as it was written', async () => {
    const file = await smallFile()
    const back = unpackSimilar('a model', packSimilar(file))
    expect(back).toEqual({ ...file, pictures: Uint8Array.of(1, 2, 3) })
    expect(Array.from({ length: 8 }, (_, i) => labelAt(back, i))).toEqual([
      ...['glioma', 'notumor', 'glioma', 'notumor', 'glioma', 'notumor', 'glioma'],
      null,
    ])
    expect([...back.groups]).toEqual([0, 0, 1, 1, 2, 2, 3, 3])
    expect(hashAt(back, 3)).toBe(sha256Of(Buffer.from('image 3')))
    expect([pictureAt(back, 2), pictureAt(back, 3), pictureAt(back, 4)]).toEqual([null, Uint8Array.of(1, 2, 3), null])
    expect(back.header).toMatchObject({ width: 4, components: 2, images: 8, pictures: 3 })
    expect(back.header.sources.map(({ name }) => name)).toEqual(['known', 'unknown'])
  })

  it('keeps the distances between features, as far as they lie along its components', async () => {
    const basis = basisIn(await smallFile())
    const of = (...features: number[]) =>
      new Float16Array(projected(basis, Float32Array.from(features)).buffer as ArrayBuffer)
    const [a, b] = [of(0, 1, 0, 1), of(8, 1, 2, 1)]
    expect(Math.hypot((a[0] ?? 0) - (b[0] ?? 0), (a[1] ?? 0) - (b[1] ?? 0))).toBeCloseTo(Math.hypot(8, 2), 1)
    // What none of the images varied in does not count.
    expect([...of(0, 9, 0, 9)]).toEqual([...a])
  })

  it('tells how far unseen images have their nearest one of another patient', async () => {
    // The image of the first patient itself is of the same one; the next one that is alike is 2 along the third number.
    expect((await smallFile()).header.nearest).toEqual({
      ...{ data: 'eight images: held out', n: 1 },
      ...{ p50: expect.closeTo(2, 1), p95: expect.closeTo(2, 1) },
    })
  })

  it.each([
    ['empty', (_: Uint8Array) => new Uint8Array()],
    ['something else', () => new TextEncoder().encode('{"format":1} and more')],
    ['too short', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 1)],
    ['too long', (bytes: Uint8Array) => Uint8Array.of(...bytes, 0)],
    ['a header without an end', (bytes: Uint8Array) => bytes.with(7, 255)],
    ['a label that is none', (bytes: Uint8Array) => bytes.with(bytes.length - 3 - 8 * 34, 9)],
    ['a source that is none', (bytes: Uint8Array) => bytes.with(bytes.length - 3 - 8 * 33, 9)],
    ['a number that is none', (bytes: Uint8Array) => bytes.with(bytes.length - 3 - 8 * 34 - 1, 0x7c)],
  ])('that is spoilt is refused: %s', async (_, spoil) => {
    const bytes = packSimilar(await smallFile())
    expect(() => unpackSimilar('a model', spoil(bytes))).toThrow(expect.objectContaining({ code: 'model-invalid' }))
  })
})

describe('the model that ships', () => {
  it('carries its training images in a few MiB, and gives what they are compared by', async () => {
    const { similar } = await manifestOf(ACTIVE)
    const bytes = await readFile(join(ACTIVE, similar?.file ?? ''))
    expect(bytes.length).toBeLessThan(6 * 2 ** 20)
    const { header, ...file } = unpackSimilar('efl0-2', bytes)
    expect(header).toMatchObject({ images: 5391, components: 128 })
    // Only what a licence allows has a picture.
    const shown = new Set(
      Array.from({ length: header.images }, (_, i) => i)
        .filter((i) => pictureAt({ header, ...file }, i))
        .map((i) => file.sources[i] as number),
    )
    expect([...shown].map((source) => header.sources[source]?.licence)).toEqual(['CC BY 4.0'])
    const model = await loadModel(ACTIVE, { threads: 1 })
    const vector = model.vector(new Float32Array(1280).fill(0.5))
    expect(vector?.indexId).toBe(indexIdOf(similar ?? { sha256: '' }))
    expect(vector?.values.length).toBe(256)
    await model.dispose()
  })
})

describe('a folder', () => {
  it('without the file loads as before, and compares nothing', async () => {
    const model = await loadModel(SHIPPED, { threads: 1 })
    expect(model.vector(new Float32Array(1280))).toBeNull()
    await model.dispose()
  })

  it('whose file was altered or is another model’s is refused by its name', async () => {
    const dir = await copyOfShipped()
    const manifest = await manifestOf(dir)
    const write = async (weightsSha256: string, spoil = false) => {
      const file = await smallFile()
      const bytes = packSimilar({ ...file, header: { ...file.header, weightsSha256 } })
      const similar = { file: 'similar.bin', sha256: sha256Of(bytes), by: 'a test' }
      await writeFile(join(dir, 'similar.bin'), spoil ? Uint8Array.of(...bytes, 0) : bytes)
      await writeFile(join(dir, 'model.json'), JSON.stringify({ ...manifest, similar }))
    }
    const refused = { code: 'model-altered', details: { file: 'similar.bin' } }
    await write(manifest.weights.sha256, true)
    await expect(loadModel(dir, { threads: 1 })).rejects.toMatchObject(refused)
    await write('e'.repeat(64))
    await expect(loadModel(dir, { threads: 1 })).rejects.toMatchObject(refused)
    await write(manifest.weights.sha256)
    const model = await loadModel(dir, { threads: 1 })
    expect(model.manifest.similar?.by).toBe('a test')
    await model.dispose()
  })
})
