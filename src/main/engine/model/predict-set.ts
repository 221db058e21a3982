import type { TaskProgress } from '../../../shared/dataset.ts'
import { type Failure, GyrusError, toGyrusError } from '../../../shared/errors.ts'
import { type ImageFile, readImageBytes } from '../dataset/bytes.ts'
import { hashOf } from '../dataset/load.ts'
import type { LabelledImage } from '../dataset/types.ts'
import { decodeImage } from '../decode/index.ts'
import { preprocess } from '../preprocess/index.ts'
import type { DecodedImage, Following, Model, Prediction } from '../types.ts'

/** As in the classifier: larger batches bring no more speed, and this many decoders keep the network busy. */
const BATCH = 16
const DECODING = 3

/** A file of a set, labelled or not. */
export type SetImage = ImageFile

/** What a model says about one image of a set, and the SHA-256 of its file. */
export type PredictedImage<I extends SetImage = LabelledImage> = I & Omit<Prediction, 'features'> & { sha256: string }

export interface SetPredictions<I extends SetImage = LabelledImage> {
  /** Hash of the set, see `DatasetAudit`. */
  sha256: string
  /** Those that could be read, in the order in which they were given. */
  images: PredictedImage<I>[]
  unreadable: { file: string; failure: Failure }[]
}

export interface PredictSetOptions<I extends SetImage> extends Following<TaskProgress> {
  /** Changes a decoded image before it is preprocessed, e.g. hides a part of it. */
  alter?(image: DecodedImage, of: I): DecodedImage
}

/** An image as the network's input, or why not; with its file's SHA-256, where it could be opened at all. */
type Prepared = { sha256: string; input: Float32Array } | { sha256?: string; failed: GyrusError }

/**
 * Has a model read a set, exactly as it reads a scan: the next batch is decoded while the network runs. Images that
 * cannot be read are listed, but a frozen set whose copies were altered is not used at all.
 *
 * @throws GyrusError `cancelled`, `dataset-file-altered`
 */
export async function predictSet<I extends SetImage>(
  model: Model,
  images: readonly I[],
  { signal, onProgress, alter }: PredictSetOptions<I>,
): Promise<SetPredictions<I>> {
  const found: SetPredictions<I> = { sha256: '', images: [], unreadable: [] }
  const hashes: (string | undefined)[] = []
  const prepare = (from: number) => prepareAll(model, images.slice(from, from + BATCH), alter)
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

type Alter<I extends SetImage> = PredictSetOptions<I>['alter']

/** Never rejects, so that it can be left alone when the work is cancelled. */
async function prepareAll<I extends SetImage>(model: Model, images: I[], alter: Alter<I>): Promise<Prepared[]> {
  const prepared = new Array<Prepared>(images.length)
  let next = 0
  const work = async () => {
    while (next < images.length) {
      const index = next++
      prepared[index] = await prepareOne(model, images[index] as I, alter)
    }
  }
  await Promise.all(Array.from({ length: DECODING }, work))
  return prepared
}

async function prepareOne<I extends SetImage>({ manifest }: Model, of: I, alter: Alter<I>): Promise<Prepared> {
  let sha256: string | undefined
  try {
    const read = await readImageBytes(of)
    sha256 = read.sha256
    const image = await decodeImage(read.bytes)
    return { sha256, input: await preprocess(alter ? alter(image, of) : image, manifest.preprocessing) }
  } catch (error) {
    const failed = toGyrusError(error)
    return sha256 === undefined ? { failed } : { sha256, failed }
  }
}

async function predictBatch<I extends SetImage>(
  model: Model,
  images: I[],
  prepared: Prepared[],
  found: SetPredictions<I>,
): Promise<void> {
  const readable: { image: I; sha256: string; input: Float32Array }[] = []
  for (const [i, one] of prepared.entries()) {
    const image = images[i] as I
    if ('input' in one) readable.push({ image, ...one })
    else if (one.failed.code === 'dataset-file-altered') throw one.failed
    else found.unreadable.push({ file: image.file, failure: one.failed.toFailure() })
  }
  const predictions = await model.predict(readable.map(({ input }) => input))
  for (const [i, { image, sha256 }] of readable.entries()) {
    const { confidences, logits } = predictions[i] as Prediction
    found.images.push({ ...image, sha256, confidences, logits })
  }
}
