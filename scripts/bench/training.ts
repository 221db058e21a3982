import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chooseDataDir } from '../../src/main/compose.ts'
import type { Tensors } from '../../src/main/engine/infer/tensorflow.ts'
import { restoreFloat32 } from '../../src/main/engine/onnx/float16.ts'
import { addHead } from '../../src/main/engine/onnx/head.ts'
import { readOnnx } from '../../src/main/engine/onnx/read.ts'
import { type AugmentationRanges, NO_AUGMENTATION } from '../../src/main/engine/train/augment/ranges.ts'
import { Fit } from '../../src/main/engine/train/fit.ts'
import { loadNativeBackend } from '../../src/main/engine/train/native.ts'
import { Random } from '../../src/main/engine/train/random.ts'
import { addDropout } from '../../src/main/engine/train/recipes/dropout.ts'
import { RECIPES } from '../../src/main/engine/train/recipes/index.ts'
import type { NetworkRecipe } from '../../src/main/engine/train/recipes/types.ts'
import { makeTrainable } from '../../src/main/engine/train/trainable.ts'
import type { TrainingSet } from '../../src/main/engine/train/training-set.ts'
import { findNativeEngine } from '../../src/main/native-engine/find.ts'
import { GyrusError } from '../../src/shared/errors.ts'
import { LABELS } from '../../src/shared/labels.ts'
import { kerasTraining } from './keras.ts'

const SIZE = 160
const BATCH = 32
const STEPS = 8
const BASE = join(import.meta.dirname, '..', '..', 'resources', 'base-weights', 'efficientnet-lite0.onnx')

/**
 * Milliseconds an image for fine-tuning EfficientNet-Lite0 in full on the native engine: without augmentation beside Keras
 * in the same run, and with it.
 */
export async function benchTraining(dataDir = chooseDataDir()): Promise<string[]> {
  try {
    const { dir } = await findNativeEngine(dataDir)
    const { tf, version } = await loadNativeBackend(dir)
    const plain = await measure(tf, NO_AUGMENTATION)
    const varied = await measure(tf, (RECIPES['efficientnet-lite0'] as NetworkRecipe).augmentation)
    const what = `Training EfficientNet-Lite0, ${SIZE} px, batch ${BATCH}`
    return [`${what}, ${version}: ${ms(plain)}; with the recipe's augmentation ${ms(varied)}`, compare(plain)]
  } catch (error) {
    if (!(error instanceof GyrusError)) throw error
    return [`Training: not run, ${error.message} (${error.code})`]
  }
}

async function measure(tf: Tensors, augmentation: AugmentationRanges): Promise<number> {
  const network = makeTrainable(tf, withEmptyHead())
  const fit = new Fit(tf, network, noise(BATCH * STEPS), {
    batch: BATCH,
    schedule: { kind: 'constant', rate: 1e-4, warmUp: 0 },
    labelSmoothing: 0.05,
    augmentation,
    normalise: { mean: 127, std: 128 },
  })
  const places = Array.from({ length: BATCH * STEPS }, (_, i) => i)
  await fit.epoch(places.slice(0, 2 * BATCH), { steps: STEPS, random: new Random(1) })
  const start = performance.now()
  await fit.epoch(places, { steps: STEPS, random: new Random(1) })
  const each = (performance.now() - start) / places.length
  fit.dispose()
  network.dispose()
  return each
}

function compare(gyrus: number): string {
  const keras = kerasTraining(SIZE, BATCH, STEPS)
  if ('reason' in keras) return `Keras: not run, ${keras.reason}`
  const ratio = (gyrus / keras.ms).toFixed(2)
  return `The same network in Keras ${keras.keras} on TensorFlow ${keras.tensorflow}: ${ms(keras.ms)}; ratio ${ratio} (reach 1.2, aim 0.8)`
}

const ms = (each: number) => `${each.toFixed(1)} ms an image`

function withEmptyHead() {
  const base = restoreFloat32(readOnnx(readFileSync(BASE)))
  const head = { weights: new Float32Array(LABELS.length * 1280), bias: new Float32Array(LABELS.length) }
  return addDropout(addHead(base, head, 'bench'), 'features', 0.3)
}

/** How fast it is does not depend on what is in the pictures. */
function noise(images: number): TrainingSet {
  const random = new Random(1)
  const pixels = Uint8Array.from({ length: images * SIZE * SIZE }, () => random.integer(256))
  const targets = new Float32Array(images * LABELS.length)
  for (let image = 0; image < images; image++) targets[image * LABELS.length + (image % LABELS.length)] = 1
  return { size: SIZE, channels: 1, pixels, targets, classes: LABELS.length }
}
