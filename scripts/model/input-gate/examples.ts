import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeImage } from '../../../src/main/engine/decode/index.ts'
import { lookAt } from '../../../src/main/engine/input-gate/look.ts'
import { outlineOf } from '../../../src/main/engine/input-gate/outline.ts'
import type { MeasuredImage } from '../../../src/main/engine/inputs/measure.ts'
import { fromBase64, toBase64 } from '../../../src/main/engine/inputs/packed.ts'
import { loadModel } from '../../../src/main/engine/model/index.ts'
import { preprocessMeasured } from '../../../src/main/engine/preprocess/index.ts'
import type { DecodedImage, Model, Prediction } from '../../../src/main/engine/types.ts'
import type { DicomFacts } from '../../../src/shared/dicom.ts'
import { toGyrusError } from '../../../src/shared/errors.ts'
import { CACHE, MODEL } from './files.ts'

/** What the gate would know of one image. */
export interface Example extends MeasuredImage {
  file: string
  dicom: DicomFacts | undefined
  logits: number[]
}

/** An image that has no answer, with the reason. */
export interface Refused {
  file: string
  code: string
}

export interface Measured {
  examples: Example[]
  refused: Refused[]
}

/** An image, and how it is had. */
export interface Listed {
  file: string
  load(): Promise<DecodedImage>
}

export const listed = (file: string, path: string): Listed => ({
  file,
  load: async () => decodeImage(readFileSync(path)),
})

const BATCH = 16

/**
 * Measures images as serving does. Kept in the cache by name, so that thresholds can be set again without the images.
 */
export async function measureAll(name: string, list: () => Listed[] | Promise<Listed[]>): Promise<Measured> {
  const kept = join(CACHE, `${name}.json`)
  if (existsSync(kept)) return unpacked(JSON.parse(readFileSync(kept, 'utf8')))
  const images = await list()
  const model = await loadModel(MODEL)
  const found: Measured = { examples: [], refused: [] }
  for (let from = 0; from < images.length; from += BATCH) {
    await measureBatch(model, images.slice(from, from + BATCH), found)
    if (from % 512 === 0) console.error(`${name}: ${from} of ${images.length}`)
  }
  await model.dispose()
  mkdirSync(CACHE, { recursive: true })
  writeFileSync(kept, JSON.stringify(packed(found)))
  return found
}

async function measureBatch(model: Model, images: Listed[], found: Measured): Promise<void> {
  const prepared: (Omit<Example, 'logits' | 'features'> & { input: Float32Array })[] = []
  for (const { file, load } of images) {
    try {
      const image = await load()
      const { input, statistics, seen } = preprocessMeasured(image, model.manifest.preprocessing)
      const { width, height, dicom } = image
      const outline = outlineOf(seen.planes, model.manifest.preprocessing.size)
      const look = lookAt({ image, ...seen })
      prepared.push({ file, input, statistics, look, outline, side: Math.max(width, height), dicom })
    } catch (error) {
      found.refused.push({ file, code: toGyrusError(error).code })
    }
  }
  const predictions = await model.predict(prepared.map(({ input }) => input))
  for (const [i, { input: _, ...one }] of prepared.entries()) {
    const { logits, features } = predictions[i] as Prediction
    found.examples.push({ ...one, logits: [...logits], features })
  }
}

const packed = ({ examples, refused }: Measured) => ({
  refused,
  examples: examples.map(({ features, outline, ...one }) => ({
    ...one,
    features: toBase64(features),
    outline: toBase64(outline),
  })),
})

const unpacked = ({ examples, refused }: ReturnType<typeof packed>): Measured => ({
  refused,
  examples: examples.map(({ features, outline, ...one }) => ({
    ...one,
    features: new Float32Array(fromBase64(features)),
    outline: new Float32Array(fromBase64(outline)),
  })),
})
