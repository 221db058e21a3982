import { readFile } from 'node:fs/promises'
import { LABELS } from '../../../../shared/labels.ts'
import { decodeFile } from '../../decode/file.ts'
import { createSession } from '../../infer/index.ts'
import { startTensors } from '../../infer/tensorflow.ts'
import { addHead } from '../../onnx/head.ts'
import { readOnnx } from '../../onnx/read.ts'
import { writeOnnx } from '../../onnx/write.ts'
import { preprocess } from '../../preprocess/index.ts'
import { extractFeatures } from '../features.ts'
import { applyHead, trainHead } from '../head.ts'
import type { HeadRecipe } from '../recipes/types.ts'
import type { Trained } from './network.ts'
import { largestDifference, refuseAbove } from './parity.ts'
import { runBatch } from './serve.ts'
import type { Example, RunFollowing, TrainInput } from './types.ts'

/**
 * Trains the last layer on the base network's features, on WASM. Tumours of unknown type take no part in that: its loss
 * needs one label an image.
 *
 * @throws GyrusError `training-parity`, `cancelled`, errors of the decoder
 */
export async function trainHeadRecipe(
  recipe: HeadRecipe,
  input: TrainInput,
  examples: Example[],
  { signal, onProgress, tell }: RunFollowing,
): Promise<Trained> {
  const spec = recipe.preprocessing(recipe.size)
  const training = examples.filter(({ part, label }) => part === 'training' && label !== null)
  const base = await readFile(input.base)
  const session = await createSession(base)
  const progress = (done: number) =>
    onProgress({
      stage: 'preparing',
      done,
      total: training.length,
      epoch: null,
      epochs: null,
      ended: null,
      secondsLeft: null,
    })
  const paths = training.map(({ path }) => path)
  const whole: string[] = []
  const onNoBrain = (path: string) => whole.push(training[paths.indexOf(path)]?.file ?? path)
  const features = await extractFeatures(session, paths, spec, { signal, onProgress: progress, onNoBrain })
  if (whole.length > 0) tell({ kind: 'no-brain', files: whole.sort() })
  const labels = training.map(({ label }) => LABELS.indexOf(label ?? 'notumor'))
  const head = await trainHead(features, labels, { classes: LABELS.length, l2: recipe.l2 })
  const onnx = writeOnnx(addHead(readOnnx(base), head, 'head'))
  const served = await createSession(onnx)
  const inputs = await Promise.all(input.golden.map(async (path) => preprocess(await decodeFile({ path }), spec)))
  const ofGolden = await extractFeatures(session, input.golden, spec, { signal })
  const parity = largestDifference(applyHead(head, ofGolden), await runBatch(served, inputs, spec.size))
  await Promise.all([session.dispose(), served.dispose()])
  const engine = `tensorflow.js ${(await startTensors()).version_core}`
  return { onnx, engine, parity: refuseAbove(parity), end: 'completed', epochs: [], bestEpoch: null }
}
