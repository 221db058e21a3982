import { GyrusError } from '../../../shared/errors.ts'
import { LABELS } from '../../../shared/labels.ts'
import type { ModelManifest } from '../../../shared/model.ts'
import { decodeImage } from '../decode/index.ts'
import { preprocess } from '../preprocess/index.ts'
import type { Prediction } from '../types.ts'
import type { ModelFolder } from './files.ts'
import { readChecked } from './files.ts'

/** The golden images of a model as network inputs. Errors as of `readChecked`; `model-invalid` where one is no image. */
export async function goldenInputs(
  folder: ModelFolder,
  { golden, preprocessing }: ModelManifest,
): Promise<Float32Array[]> {
  return Promise.all(
    golden.images.map(async ({ file, sha256 }) => {
      const bytes = await readChecked(folder, file, sha256)
      try {
        return await preprocess(await decodeImage(bytes), preprocessing)
      } catch (error) {
        const reason = `${file}: ${error instanceof Error ? error.message : String(error)}`
        throw new GyrusError('model-invalid', { model: folder.model, reason }, { cause: error })
      }
    }),
  )
}

/**
 * Compares what the model says about its golden images with what it said when it was made.
 * @returns the largest difference of a probability
 * @throws GyrusError `model-golden-mismatch` where that is more than the tolerance.
 */
export function checkGolden(model: string, { golden }: ModelManifest, predictions: Prediction[]): number {
  const differences = golden.images.flatMap(({ probabilities }, i) =>
    LABELS.map((label, k) =>
      Math.abs((predictions[i]?.confidences[label] ?? Number.NaN) - (probabilities[k] as number)),
    ),
  )
  const difference = Math.max(...differences)
  // Written so that NaN fails too.
  if (!(difference <= golden.tolerance)) {
    const { tolerance } = golden
    throw new GyrusError('model-golden-mismatch', { model, difference: difference.toPrecision(2), tolerance })
  }
  return difference
}
