import type { TaskProgress } from '../../../shared/dataset.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { BATCH, type FoundProvider, type ProviderOutcome } from '../../../shared/providers.ts'
import { breathe } from '../breathe.ts'
import { modelFolder } from '../model/files.ts'
import { goldenInputs } from '../model/golden.ts'
import { loadModel } from '../model/index.ts'
import type { ProviderTry } from '../protocol.ts'
import type { Following, Model } from '../types.ts'
import { PROVIDERS } from './index.ts'
import { otherOnnxruntimes } from './onnxruntime.ts'
import type { Provider } from './provider.ts'
import { NATIVE, tensorflowNative } from './tensorflow-native.ts'

/** Runs that are measured, of which the quickest counts: what else the machine does only ever adds to one (Python's `timeit`). */
const SINGLES = 12
const BATCHES = 3
/** Before each kind, one that only warms up. */
const RUNS = 1 + SINGLES + 1 + BATCHES

/** Every provider that this build knows, those that read first, in the order in which they are taken. */
export async function findProviders(): Promise<FoundProvider[]> {
  const others = await otherOnnxruntimes()
  return [
    ...PROVIDERS.map(({ name }): FoundProvider => ({ id: name, role: 'read' })),
    ...others.map(({ name }): FoundProvider => ({ id: name, role: 'none' })),
    { id: NATIVE, role: 'train' },
  ]
}

/**
 * Loads the model with one provider, golden images and all, as if it were to read with it, and measures how long the
 * network takes on these images.
 *
 * @throws GyrusError `model-missing`, `model-altered`, `cancelled`
 */
export async function tryProvider(asked: ProviderTry, following: Following<TaskProgress>): Promise<ProviderOutcome> {
  try {
    return await measure(asked, following)
  } catch (error) {
    if (!(error instanceof GyrusError)) throw error
    const { code, details, message } = error
    if (code === 'native-engine-missing') return { state: 'missing', reason: message }
    if (code === 'model-golden-mismatch') return { state: 'refused', reason: String(details.difference) }
    if (code === 'model-invalid') return whyNot(String(details.reason), asked.provider)
    throw error
  }
}

/** In the provider's own words, without where in its sources they stand. */
function whyNot(text: string, provider: string): ProviderOutcome {
  const reason = text
    .replace(`${provider}: `, '')
    .replace(/^OrtSession\w+: /, '')
    .replace(/^\S+\.(?:cc|cpp):\d+ .*(?: was false\.|: 1 : FAIL :) /s, '')
    .trim()
  const missing = /load (?:shared )?library|cannot open shared object|adapter|no .*device/i.test(reason)
  return { state: missing ? 'missing' : 'failed', reason }
}

async function measure(
  { provider, model: { dir, ...options }, nativeDir }: ProviderTry,
  { signal, onProgress }: Following<TaskProgress>,
): Promise<ProviderOutcome> {
  const all: Provider[] = [...PROVIDERS, ...(await otherOnnxruntimes())]
  if (nativeDir !== null) all.push(tensorflowNative(nativeDir))
  else if (provider === NATIVE) throw new GyrusError('native-engine-missing')
  const providers = all.filter(({ name }) => name === provider)
  const model = await loadModel(dir, { ...options, providers })
  let done = 0
  const step = async () => {
    onProgress({ stage: 'predicting', done: ++done, total: RUNS })
    // What came meanwhile is heard between two runs only: they keep this thread.
    await breathe()
    if (signal.aborted) throw new GyrusError('cancelled')
  }
  try {
    const images = await goldenInputs(modelFolder(dir), model.manifest)
    const single = await quickest(model, images, { size: 1, runs: SINGLES, step })
    const batch = await quickest(model, images, { size: BATCH, runs: BATCHES, step })
    return { state: 'works', engine: model.provider, difference: model.goldenDifference, single, batch }
  } finally {
    await model.dispose()
  }
}

/** Milliseconds an image. */
async function quickest(
  model: Model,
  images: Float32Array[],
  { size, runs, step }: { size: number; runs: number; step(): Promise<void> },
): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run <= runs; run++) {
    const inputs = Array.from({ length: size }, (_, i) => images[(run + i) % images.length] as Float32Array)
    const begun = performance.now()
    await model.predict(inputs)
    if (run > 0) least = Math.min(least, (performance.now() - begun) / size)
    await step()
  }
  return least
}
