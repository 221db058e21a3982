import type { TaskProgress } from '../../../shared/dataset.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { InputStatistics } from '../../../shared/input-statistics.ts'
import type { ModelManifest } from '../../../shared/model.ts'
import type { Session } from '../infer/provider.ts'
import { lookAt } from '../input-gate/look.ts'
import { outlineOf } from '../input-gate/outline.ts'
import type { Look } from '../input-gate/types.ts'
import { predict } from '../model/predict.ts'
import { preprocessMeasured } from '../preprocess/index.ts'
import { decodeExample } from '../train/run/material.ts'
import type { Example } from '../train/run/types.ts'
import type { Following, Prediction } from '../types.ts'

const BATCH = 16

/** An image as it would be measured in use. */
export interface MeasuredImage {
  statistics: InputStatistics
  /** Longer side, px. */
  side: number
  features: Float32Array
  /** What the input gate looks at. */
  look: Look
  outline: Float32Array
}

/**
 * Measures images as serving does, in their order; the next batch is decoded while the network works on this one.
 *
 * @throws GyrusError `cancelled`; errors of `decodeExample`
 */
export async function measureImages(
  session: Session,
  manifest: ModelManifest,
  examples: Example[],
  { signal, onProgress }: Following<TaskProgress>,
): Promise<MeasuredImage[]> {
  const prepare = async (example: Example) => {
    const image = await decodeExample(example)
    const side = Math.max(image.width, image.height)
    const { input, statistics, seen } = preprocessMeasured(image, manifest.preprocessing)
    const outline = outlineOf(seen.planes, manifest.preprocessing.size)
    return { side, input, statistics, outline, look: lookAt({ image, ...seen }) }
  }
  const prepareBatch = (start: number) => Promise.all(examples.slice(start, start + BATCH).map(prepare))
  const measured: MeasuredImage[] = []
  let next = prepareBatch(0)
  for (let start = 0; start < examples.length; start += BATCH) {
    if (signal.aborted) throw new GyrusError('cancelled')
    const prepared = await next
    next = prepareBatch(start + BATCH)
    // Where the network fails first, the failure of an image that nobody waits for any more is told to nobody.
    next.catch(() => undefined)
    const inputs = prepared.map(({ input }) => input)
    const predictions = await predict(session, manifest, inputs)
    for (const [i, { input: _, ...one }] of prepared.entries())
      measured.push({ ...one, features: (predictions[i] as Prediction).features })
    onProgress({ stage: 'predicting', done: measured.length, total: examples.length })
  }
  return measured
}
