import { readFile } from 'node:fs/promises'
import { decodeFile } from '../../decode/file.ts'
import { createSession } from '../../infer/index.ts'
import type { Tensors } from '../../infer/tensorflow.ts'
import { restoreFloat32, storeAsFloat16 } from '../../onnx/float16.ts'
import { readOnnx } from '../../onnx/read.ts'
import { writeOnnx } from '../../onnx/write.ts'
import { preprocess } from '../../preprocess/index.ts'
import { Fit } from '../fit.ts'
import { Random } from '../random.ts'
import { withoutDropout } from '../recipes/dropout.ts'
import type { NetworkRecipe } from '../recipes/types.ts'
import { makeTrainable, type Trainable } from '../trainable.ts'
import type { TrainingSet } from '../training-set.ts'
import { startNative } from './device.ts'
import { type EpochsOutcome, runEpochs } from './epochs.ts'
import { loadPixels } from './material.ts'
import { checkParity } from './parity.ts'
import type { Example, RunFollowing, TrainInput } from './types.ts'

/** What a training gives, whatever the recipe. */
export interface Trained extends EpochsOutcome {
  onnx: Uint8Array
  engine: string
  parity: number
}

/**
 * Trains a network on the native engine and exports it. Its large weights are rounded to half precision first, and that
 * is what is compared and served: the file is half as large and nothing differs between the two.
 *
 * @throws GyrusError what `startNative`, `runEpochs` and `checkParity` throw
 */
export async function trainNetwork(
  recipe: NetworkRecipe,
  input: TrainInput,
  examples: Example[],
  following: RunFollowing,
): Promise<Trained> {
  const { tf, version, device } = await startNative(input)
  const spec = recipe.preprocessing(recipe.size)
  const ofPart = (part: Example['part']) => examples.filter((example) => example.part === part)
  const [training, validation] = [ofPart('training'), ofPart('validation')]
  const total = training.length + validation.length
  let before = 0
  const whole: string[] = []
  const prepare = {
    signal: following.signal,
    onProgress: (done: number) => preparing(following, before + done, total),
    onNoBrain: (file: string) => whole.push(file),
  }
  const trainingPixels = await loadPixels(training, spec, prepare)
  before = training.length
  const validationPixels = validation.length > 0 ? await loadPixels(validation, spec, prepare) : null
  if (whole.length > 0) following.tell({ kind: 'no-brain', files: whole.sort() })
  const { network, fit } = await startFit(tf, recipe, input, trainingPixels)
  const outcome = await runEpochs(
    {
      tf,
      dir: input.dir,
      recipe,
      seed: input.request.seed,
      network,
      fit,
      examples: training,
      training: trainingPixels,
      validation: validationPixels,
    },
    following,
  )
  const rounded = storeAsFloat16(withoutDropout(await network.toGraph()))
  network.load(restoreFloat32(rounded).initialisers)
  const onnx = writeOnnx(rounded)
  const session = await createSession(onnx)
  const golden = await Promise.all(input.golden.map(async (path) => preprocess(await decodeFile({ path }), spec)))
  const parity = await checkParity(tf, network, session, { inputs: golden, size: spec.size })
  await session.dispose()
  fit.dispose()
  network.dispose()
  return { ...outcome, onnx, engine: `${version}, ${device}`, parity }
}

/** A recipe's network at its start, and what teaches it. */
export async function startFit(
  tf: Tensors,
  recipe: NetworkRecipe,
  { request, base }: Pick<TrainInput, 'request' | 'base'>,
  set: TrainingSet,
): Promise<{ network: Trainable; fit: Fit }> {
  const { dropout, size } = recipe
  const graph = await recipe.network({
    random: new Random(request.seed),
    base: async () => restoreFloat32(readOnnx(await readFile(base))),
    dropout,
    size,
  })
  const network = makeTrainable(tf, graph)
  return { network, fit: new Fit(tf, network, set, { ...recipe, normalise: recipe.preprocessing(size).normalise }) }
}

function preparing({ onProgress }: RunFollowing, done: number, total: number): void {
  onProgress({ stage: 'preparing', done, total, epoch: null, epochs: null, ended: null, secondsLeft: null })
}
