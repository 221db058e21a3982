import type { TrainingMeans } from './core/department/queue.ts'
import type { StartEngine } from './core/engine-supervisor/process.ts'
import { runTask } from './core/engine-supervisor/task.ts'
import type { NativeEngineSource } from './core/native-engine.ts'
import type { ProviderTrier } from './core/providers/measure.ts'
import { listSamples } from './core/samples.ts'
import type { Prober, Trainer } from './core/training/trainer.ts'
import { BASE_WEIGHTS, SAMPLES_DIR } from './installation.ts'
import { findCandidates } from './native-engine/find.ts'
import { installNativeEngine } from './native-engine/install.ts'
import { probeBy, type RunScript } from './native-engine/probe.ts'
import { removeNativeEngine } from './native-engine/remove.ts'
import { nativeEngineStatus } from './native-engine/status.ts'

/** The native engine that trains, where there is one. */
async function nativeEngineOf(dataDir: string) {
  return (await findCandidates(dataDir)).find((candidate) => candidate.engine)?.engine ?? null
}

export async function meansOf(dataDir: string): Promise<TrainingMeans> {
  const engine = await nativeEngineOf(dataDir)
  if (engine === null) return 'head'
  return engine.kind === 'gpu-package' ? 'gpu' : 'native'
}

/** Trains in an engine process of its own, on the native engine where there is one. Errors of the engine's `train`. */
export const trainer =
  (dataDir: string, startEngine: StartEngine): Trainer =>
  async (run, following) => {
    const engine = await nativeEngineOf(dataDir)
    const golden = await listSamples(SAMPLES_DIR)
    const input = {
      ...run,
      nativeDir: engine?.dir ?? null,
      nativeGpu: engine?.kind === 'gpu-package',
      base: BASE_WEIGHTS,
      golden,
    }
    return runTask(startEngine, 'train', input, following)
  }

/** Errors of the engine's `probeTraining`. */
export const prober =
  (dataDir: string, startEngine: StartEngine): Prober =>
  async (request, following) => {
    const nativeDir = (await nativeEngineOf(dataDir))?.dir ?? null
    return runTask(startEngine, 'probe-training', { request, nativeDir, base: BASE_WEIGHTS }, following)
  }

/** Errors of the engine's `tryProvider`. */
export const providerTrier =
  (dataDir: string, startEngine: StartEngine): ProviderTrier =>
  async (asked, following) => {
    const nativeDir = (await nativeEngineOf(dataDir))?.dir ?? null
    return runTask(startEngine, 'try-provider', { ...asked, nativeDir }, following)
  }

export const nativeEngineIn = (dataDir: string, runScript?: RunScript): NativeEngineSource => ({
  async status() {
    const { training, used, others, install } = await nativeEngineStatus(dataDir)
    const { obstacles, unfinishedBytes } = install
    const shown = used && { kind: used.kind, version: used.version, bytes: used.bytes, verifiedAt: used.verifiedAt }
    return { training, used: shown, others, obstacles, unfinishedBytes }
  },
  install: (following) => installNativeEngine(dataDir, { ...following, probe: probeBy(undefined, runScript) }),
  remove: () => removeNativeEngine(dataDir),
})
