import { readFile } from 'node:fs/promises'
import type { TaskProgress } from '../../../shared/dataset.ts'
import { type Failure, GyrusError, toFailure } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { hashOf } from '../dataset/load.ts'
import type { LabelledImage } from '../dataset/types.ts'
import { decodeImage } from '../decode/index.ts'
import { preprocess } from '../preprocess/index.ts'
import type { Following, Model, Prediction } from '../types.ts'
import { sha256Of } from './files.ts'

/** As in the classifier: larger batches bring no more speed, and this many decoders keep the network busy. */
const BATCH = 16
const DECODING = 3

/** What a model says about one image of a set. */
export type PredictedImage = LabelledImage & Omit<Prediction, 'features'>

export interface SetPredictions {
  /** Hash of the set, see `DatasetAudit`. */
  sha256: string
  /** Those that could be read, in the order in which they were given. */
  images: PredictedImage[]
  unreadable: { file: string; failure: Failure }[]
}

/** A file's SHA-256, undefined where it could not even be opened, and what became of the image. */
interface Prepared {
  sha256?: string
  result: Float32Array | Failure
}

/**
 * Has a model read a labelled set, exactly as it reads a scan: the next batch is decoded while the network runs. Images
 * that cannot be read are listed. @throws GyrusError `cancelled`
 */
export async function predictSet(
  model: Model,
  images: LabelledImage[],
  { signal, onProgress }: Following<TaskProgress>,
): Promise<SetPredictions> {
  const found: SetPredictions = { sha256: '', images: [], unreadable: [] }
  const hashes: (string | undefined)[] = []
  const prepare = (from: number) => prepareAll(model, images.slice(from, from + BATCH))
  let preparing = prepare(0)
  for (let from = 0; from < images.length; from += BATCH) {
    const prepared = await preparing
    if (signal.aborted) throw new GyrusError('cancelled')
    preparing = prepare(from + BATCH)
    await predictBatch(model, images.slice(from, from + BATCH), prepared, found)
    hashes.push(...prepared.map(({ sha256 }) => sha256))
    onProgress({ stage: 'predicting', done: hashes.length, total: images.length })
  }
  return { ...found, sha256: hashOf(images, hashes) }
}

/** Never rejects, so that it can be left alone when the work is cancelled. */
async function prepareAll(model: Model, images: LabelledImage[]): Promise<Prepared[]> {
  const prepared = new Array<Prepared>(images.length)
  let next = 0
  const work = async () => {
    while (next < images.length) {
      const index = next++
      prepared[index] = await prepareOne(model, (images[index] as LabelledImage).path)
    }
  }
  await Promise.all(Array.from({ length: DECODING }, work))
  return prepared
}

async function prepareOne({ manifest }: Model, path: string): Promise<Prepared> {
  let sha256: string | undefined
  try {
    const bytes = await readFile(path)
    sha256 = sha256Of(bytes)
    return { sha256, result: await preprocess(await decodeImage(bytes), manifest.preprocessing) }
  } catch (error) {
    const result = toFailure(sha256 === undefined ? asFileError(error) : error)
    return sha256 === undefined ? { result } : { sha256, result }
  }
}

async function predictBatch(
  model: Model,
  images: LabelledImage[],
  prepared: Prepared[],
  found: SetPredictions,
): Promise<void> {
  const readable: { image: LabelledImage; input: Float32Array }[] = []
  for (const [i, { result }] of prepared.entries()) {
    const image = images[i] as LabelledImage
    if (result instanceof Float32Array) readable.push({ image, input: result })
    else found.unreadable.push({ file: image.file, failure: result })
  }
  const predictions = await model.predict(readable.map(({ input }) => input))
  for (const [i, { image }] of readable.entries()) {
    const { confidences, logits } = predictions[i] as Prediction
    found.images.push({ ...image, confidences, logits })
  }
}
