import { GyrusError } from '../../../../shared/errors.ts'
import type { TrainingNotice } from '../../../../shared/training.ts'
import { startTensors } from '../../infer/tensorflow.ts'
import { loadNativeBackend, type NativeTensors } from '../native.ts'
import type { Recipe } from '../recipes/types.ts'
import type { TrainInput } from './types.ts'

type Native = Pick<TrainInput, 'nativeDir' | 'nativeGpu'>

/** Errors of `startNative`: that nothing can train shows before a set is read. */
export async function deviceOf({ kind }: Recipe, native: Native): Promise<TrainingNotice> {
  if (kind === 'head') {
    const tf = await startTensors()
    return { kind: 'device', engine: `tensorflow.js ${tf.version_core}, ${tf.getBackend()}`, ...onCpu }
  }
  const { version, device } = await startNative(native)
  // TensorFlow goes on with the CPU where it misses a library of CUDA, and does not say so.
  return { kind: 'device', engine: version, device, gpuUnused: native.nativeGpu && device === 'cpu' }
}

const onCpu = { device: 'cpu', gpuUnused: false } as const

/** @throws GyrusError `native-engine-missing` and what `loadNativeBackend` throws */
export async function startNative({ nativeDir }: Pick<Native, 'nativeDir'>): Promise<NativeTensors> {
  if (!nativeDir) throw new GyrusError('native-engine-missing')
  return loadNativeBackend(nativeDir)
}
