import { createHash } from 'node:crypto'
import { copyFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Classifier } from '../../src/main/engine/classifier.ts'
import { decodeFile } from '../../src/main/engine/decode/file.ts'
import { answerExplain } from '../../src/main/engine/explain/request.ts'
import { loadModel } from '../../src/main/engine/model/index.ts'
import { drawView, thumbnail } from '../../src/main/engine/preprocess/display.ts'
import { answerRegion } from '../../src/main/engine/region/request.ts'
import { MODEL_DIR } from '../../src/main/installation.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const sample = (name: string) => join(import.meta.dirname, '../../resources/samples', name)

it('an image that is asked for again is decoded once, and anew when its file is another', async () => {
  const path = join(temporaryFolder(), 'scan.jpg')
  copyFileSync(sample('sample-01.jpg'), path)
  const first = await decodeFile({ path })
  expect(await decodeFile({ path })).toBe(first)
  copyFileSync(sample('sample-04.jpg'), path)
  const other = await decodeFile({ path })
  expect(other.data).not.toEqual(first.data)
  // As if it had been written again at the same time with as many bytes: the time of the change to its entry tells.
  const { atime, mtime } = statSync(path)
  utimesSync(path, atime, mtime)
  expect(await decodeFile({ path })).not.toBe(other)
})

it('what is asked of an image leaves it as it was', async () => {
  const path = sample('sample-07.jpg')
  const image = await decodeFile({ path })
  const before = digest(image.data)
  const { signal } = new AbortController()
  const model = await loadModel(MODEL_DIR)
  const classifier = new Classifier()
  classifier.use(model)
  await classifier.classify({ path }, signal)
  await answerExplain(model, { path, method: 'cam', bare: true }, signal)
  await answerRegion({ path })
  await drawView(image, null)
  await thumbnail(image, 96)
  expect(await decodeFile({ path })).toBe(image)
  expect(digest(image.data)).toBe(before)
  await model.dispose()
})

const digest = (data: Uint8Array | Uint16Array) => createHash('sha256').update(data).digest('hex')
