import { GyrusError } from '../../../../shared/errors.ts'
import type { Preprocessing } from '../../../../shared/model.ts'
import type { Session } from '../../infer/provider.ts'
import { preprocess } from '../../preprocess/index.ts'
import { decodeExample } from './material.ts'
import type { Example } from './types.ts'

const BATCH = 16

/**
 * Logits of image files by a finished network, decoded and preprocessed exactly as in serving; the next batch is
 * decoded while the network works on this one.
 */
export async function serveLogits(
  session: Session,
  examples: Example[],
  spec: Preprocessing,
  follow: { signal: AbortSignal; onProgress(done: number): void },
): Promise<number[][]> {
  const prepare = async (example: Example) => preprocess(await decodeExample(example), spec)
  const prepareBatch = (start: number) => Promise.all(examples.slice(start, start + BATCH).map(prepare))
  const rows: number[][] = []
  let next = prepareBatch(0)
  for (let start = 0; start < examples.length; start += BATCH) {
    if (follow.signal.aborted) throw new GyrusError('cancelled')
    const inputs = await next
    next = prepareBatch(start + BATCH)
    rows.push(...(await runBatch(session, inputs, spec.size)))
    follow.onProgress(rows.length)
  }
  return rows
}

/** Logits of preprocessed images, each `3 × size × size`. */
export async function runBatch(session: Session, inputs: Float32Array[], size: number): Promise<number[][]> {
  const length = 3 * size * size
  const joined = new Float32Array(inputs.length * length)
  for (const [i, input] of inputs.entries()) joined.set(input, i * length)
  const [logits] = await session.run(joined, [inputs.length, 3, size, size], ['logits'])
  const classes = logits?.dims[1]
  if (!logits || !classes) throw new Error('the network gave no logits')
  return inputs.map((_, i) => Array.from(logits.data.subarray(i * classes, (i + 1) * classes)))
}
