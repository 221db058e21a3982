import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chooseDataDir } from '../../src/main/compose.ts'
import { restoreFloat32 } from '../../src/main/engine/onnx/float16.ts'
import { addHead } from '../../src/main/engine/onnx/head.ts'
import { readOnnx } from '../../src/main/engine/onnx/read.ts'
import { NO_AUGMENTATION } from '../../src/main/engine/train/augment/ranges.ts'
import { Fit } from '../../src/main/engine/train/fit.ts'
import { loadNativeBackend } from '../../src/main/engine/train/native.ts'
import { Random } from '../../src/main/engine/train/random.ts'
import { makeTrainable } from '../../src/main/engine/train/trainable.ts'
import type { TrainingSet } from '../../src/main/engine/train/training-set.ts'
import { findNativeEngine } from '../../src/main/native-engine/find.ts'
import { GyrusError } from '../../src/shared/errors.ts'
import { LABELS } from '../../src/shared/labels.ts'

const SIZE = 160
const BATCH = 32
const STEPS = 8
const BASE = join(import.meta.dirname, '..', '..', 'resources', 'base-weights', 'efficientnet-lite0.onnx')

/** Milliseconds an image for fine-tuning EfficientNet-Lite0 in full, augmentation included, on the native engine. */
export async function benchTraining(dataDir = chooseDataDir()): Promise<string> {
  try {
    const { dir } = await findNativeEngine(dataDir)
    const { tf, version } = await loadNativeBackend(dir)
    const network = makeTrainable(tf, withEmptyHead())
    const fit = new Fit(tf, network, noise(BATCH * STEPS), {
      batch: BATCH,
      schedule: { kind: 'constant', rate: 1e-4, warmUp: 0 },
      labelSmoothing: 0.05,
      augmentation: { ...NO_AUGMENTATION, rotation: 15, scale: [0.85, 1.18], shift: 0.07, flipHorizontal: 0.5 },
      normalise: { mean: 127, std: 128 },
    })
    const places = Array.from({ length: BATCH * STEPS }, (_, i) => i)
    await fit.epoch(places.slice(0, 2 * BATCH), { steps: STEPS, random: new Random(1) })
    const start = performance.now()
    await fit.epoch(places, { steps: STEPS, random: new Random(1) })
    const each = (performance.now() - start) / places.length
    return `Training EfficientNet-Lite0, ${SIZE} px, batch ${BATCH}, ${version}: ${each.toFixed(1)} ms an image`
  } catch (error) {
    if (!(error instanceof GyrusError)) throw error
    return `Training: not run, ${error.message} (${error.code})`
  }
}

function withEmptyHead() {
  const base = restoreFloat32(readOnnx(readFileSync(BASE)))
  const head = { weights: new Float32Array(LABELS.length * 1280), bias: new Float32Array(LABELS.length) }
  return addHead(base, head, 'bench')
}

/** How fast it is does not depend on what is in the pictures. */
function noise(images: number): TrainingSet {
  const random = new Random(1)
  const pixels = Uint8Array.from({ length: images * SIZE * SIZE }, () => random.integer(256))
  const targets = new Float32Array(images * LABELS.length)
  for (let image = 0; image < images; image++) targets[image * LABELS.length + (image % LABELS.length)] = 1
  return { size: SIZE, channels: 1, pixels, targets, classes: LABELS.length }
}
