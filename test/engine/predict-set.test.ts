import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { auditDataset } from '../../src/main/engine/dataset/audit.ts'
import { readDataset } from '../../src/main/engine/dataset/read.ts'
import { loadModel } from '../../src/main/engine/model/index.ts'
import { predictSet } from '../../src/main/engine/model/predict-set.ts'
import { calledLabel, LABELS } from '../../src/shared/labels.ts'
import { slice, write } from '../dataset/support.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { SHIPPED } from './support/shipped.ts'

const following = () => {
  const seen: number[] = []
  const abort = new AbortController()
  return { seen, abort, signal: abort.signal, onProgress: ({ done }: { done: number }) => void seen.push(done) }
}

/** Forty made-up slices, the golden images in the folder of what the model calls them, and two files that are none. */
async function mixedSet(): Promise<string> {
  const folder = temporaryFolder()
  for (let i = 0; i < 40; i++) await write(folder, { [`${LABELS[i % 4]}/${100 + i}.png`]: slice(i) })
  const model = await loadModel(SHIPPED)
  for (const { file, probabilities } of model.manifest.golden.images) {
    const called = LABELS[probabilities.indexOf(Math.max(...probabilities))]
    await cp(join(SHIPPED, file), join(folder, called as string, file.replace('/', '-')))
  }
  await model.dispose()
  await writeFile(join(folder, 'glioma', 'broken.png'), 'no picture')
  await writeFile(join(folder, 'glioma', 'empty.jpg'), '')
  return folder
}

describe('predicting a labelled set', () => {
  it('says of every image what the model says of it alone, in order, and lists what cannot be read', async () => {
    const source = { path: await mixedSet() }
    const images = await readDataset(source)
    const model = await loadModel(SHIPPED)
    const { seen, ...rest } = following()
    const found = await predictSet(model, images, rest)
    const read = images.filter(({ file }) => !/broken|empty/.test(file))
    expect(found.images.map(({ file }) => file)).toEqual(read.map(({ file }) => file))
    expect(found.unreadable.map(({ file, failure }) => [file, failure.code])).toEqual([
      ['glioma/broken.png', 'image-unsupported'],
      ['glioma/empty.jpg', 'file-empty'],
    ])
    for (const { file, probabilities } of model.manifest.golden.images) {
      const image = found.images.find((one) => one.file.endsWith(file.replace('/', '-')))
      expect(image && calledLabel(image.confidences)).toBe(image?.label)
      LABELS.forEach((label, c) => {
        expect(image?.confidences[label]).toBeCloseTo(probabilities[c] as number, 3)
      })
    }
    expect(seen).toEqual([16, 32, 48])
    expect(found.sha256).toBe((await auditDataset(source, following())).sha256)
    await model.dispose()
  })

  it('is cancelled between two batches', async () => {
    const images = await readDataset({ path: await mixedSet() })
    const model = await loadModel(SHIPPED)
    const { abort, signal } = following()
    const done: number[] = []
    const onProgress = (progress: { done: number }) => {
      done.push(progress.done)
      abort.abort()
    }
    await expect(predictSet(model, images, { signal, onProgress })).rejects.toMatchObject({ code: 'cancelled' })
    expect(done).toEqual([16])
    await model.dispose()
  })

  it('that was frozen and altered since is refused', async () => {
    const [first, ...rest] = await readDataset({ path: await mixedSet() })
    const model = await loadModel(SHIPPED)
    const images = [{ ...(first as NonNullable<typeof first>), sha256: '0'.repeat(64) }, ...rest]
    await expect(predictSet(model, images, following())).rejects.toMatchObject({ code: 'dataset-file-altered' })
    await model.dispose()
  })

  it('of no images is empty', async () => {
    const model = await loadModel(SHIPPED)
    expect(await predictSet(model, [], following())).toMatchObject({ images: [], unreadable: [] })
    await model.dispose()
  })
})
