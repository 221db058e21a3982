import { GyrusError } from '../../../shared/errors.ts'
import type { Preprocessing } from '../../../shared/model.ts'
import { readSetFile } from '../dataset/sealed.ts'
import { decodeImage } from '../decode/index.ts'
import type { Session } from '../infer/provider.ts'
import { preprocessPlaced } from '../preprocess/index.ts'
import type { Matrix } from './standardise.ts'

const BATCH = 16

export interface FeatureOptions {
  /** Called after each batch with the number of images done. */
  onProgress?: (done: number) => void
  signal?: AbortSignal
  /** Called with each file that was to be cropped to the brain and has none. */
  onNoBrain?: (file: string) => void
}

/**
 * A network's pooled `features` of image files, one row a file. Decoded and preprocessed exactly as in serving; the
 * next batch is decoded while the network works on this one.
 * @throws GyrusError `cancelled`, errors of the decoder
 */
export async function extractFeatures(
  session: Session,
  files: string[],
  spec: Preprocessing,
  { onProgress, signal, onNoBrain }: FeatureOptions = {},
): Promise<Matrix> {
  const prepare = async (file: string) => {
    const { input, noBrain } = preprocessPlaced(await decodeImage(await readSetFile(file)), spec)
    if (noBrain) onNoBrain?.(file)
    return input
  }
  const prepareBatch = (start: number) => Promise.all(files.slice(start, start + BATCH).map(prepare))
  const rows: Float32Array[] = []
  let next = prepareBatch(0)
  for (let start = 0; start < files.length; start += BATCH) {
    if (signal?.aborted) throw new GyrusError('cancelled')
    const inputs = await next
    next = prepareBatch(start + BATCH)
    const [features] = await session.run(concatenate(inputs), [inputs.length, 3, spec.size, spec.size], ['features'])
    if (features) rows.push(features.data)
    onProgress?.(Math.min(start + BATCH, files.length))
  }
  const data = concatenate(rows)
  return { rows: files.length, columns: data.length / files.length, data }
}

function concatenate(parts: Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  parts.reduce((offset, part) => {
    joined.set(part, offset)
    return offset + part.length
  }, 0)
  return joined
}
