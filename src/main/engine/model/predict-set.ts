import type { TaskProgress } from '../../../shared/dataset.ts'
import { type Failure, GyrusError, toFailure } from '../../../shared/errors.ts'
import { decodeFile } from '../decode/file.ts'
import { preprocess } from '../preprocess/index.ts'
import type { DecodedImage, Following, Model, Prediction } from '../types.ts'

/** Images that go through the network in one go; the next are decoded meanwhile. */
const BATCH = 16

export interface PredictSetOptions extends Partial<Following<TaskProgress>> {
  /** Changes a decoded image before it is preprocessed, e.g. hides a part of it; `index` as in `images`. */
  alter?(image: DecodedImage, index: number): DecodedImage
}

/** What a model says about one file, or why it could not say anything. */
export type Outcome = Prediction | Failure

/**
 * What a model, as it serves, says about many image files: decode → preprocess → network → temperature.
 *
 * @returns one element an image, in their order
 * @throws GyrusError `cancelled`; errors of the network itself
 */
export async function predictSet(
  model: Model,
  images: readonly { path: string }[],
  { signal, onProgress, alter }: PredictSetOptions = {},
): Promise<Outcome[]> {
  const prepare = async (path: string, index: number): Promise<Float32Array | Failure> => {
    try {
      const image = await decodeFile(path)
      return await preprocess(alter ? alter(image, index) : image, model.manifest.preprocessing)
    } catch (error) {
      return toFailure(error)
    }
  }
  const prepareBatch = (start: number) =>
    Promise.all(images.slice(start, start + BATCH).map(({ path }, i) => prepare(path, start + i)))
  const outcomes: Outcome[] = []
  let next = prepareBatch(0)
  for (let start = 0; start < images.length; start += BATCH) {
    if (signal?.aborted) throw new GyrusError('cancelled')
    const prepared = await next
    next = prepareBatch(start + BATCH)
    outcomes.push(...(await predictBatch(model, prepared)))
    onProgress?.({ stage: 'predicting', done: outcomes.length, total: images.length })
  }
  return outcomes
}

async function predictBatch(model: Model, prepared: (Float32Array | Failure)[]): Promise<Outcome[]> {
  const predictions = await model.predict(prepared.filter((one) => one instanceof Float32Array))
  let at = 0
  return prepared.map((one) => (one instanceof Float32Array ? (predictions[at++] as Prediction) : one))
}
