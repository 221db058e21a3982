import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { decodeImage } from '../../src/main/engine/decode/index.ts'
import { createSession } from '../../src/main/engine/infer/index.ts'
import { loadModel } from '../../src/main/engine/model/index.ts'
import { preprocess } from '../../src/main/engine/preprocess/index.ts'
import { extractFeatures } from '../../src/main/engine/train/features.ts'
import { RESOURCES, SHIPPED } from './support/shipped.ts'

it('training sees the features that serving sees, over several batches', async () => {
  const model = await loadModel(SHIPPED)
  const { golden, preprocessing } = model.manifest
  const files = golden.images.map(({ file }) => join(SHIPPED, file))
  const many = Array.from({ length: 20 }, (_, i) => files[i % files.length] as string)

  const session = await createSession(await readFile(join(RESOURCES, 'base-weights/efficientnet-lite0.onnx')))
  const progress: number[] = []
  const features = await extractFeatures(session, many, preprocessing, { onProgress: (done) => progress.push(done) })
  expect(progress).toEqual([16, 20])
  expect([features.rows, features.columns]).toEqual([20, 1280])

  const input = await preprocess(await decodeImage(await readFile(many[17] as string)), preprocessing)
  const [prediction] = await model.predict([input])
  const row = features.data.subarray(17 * 1280, 18 * 1280)
  for (const [i, value] of row.entries()) expect(value).toBeCloseTo(prediction?.features[i] as number, 5)
  await Promise.all([session.dispose(), model.dispose()])
})
