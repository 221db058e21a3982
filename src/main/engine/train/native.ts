import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import { findBinding } from '../../native-engine/package.ts'
import type { Tensors } from '../infer/tensorflow.ts'
import type { NativeBackendClass, NativeBinding } from './native-backend.ts'
import { explainNativeError } from './native-errors.ts'
import { registerGradients } from './native-gradients.ts'
import { moduleLoader } from './native-modules.ts'
import { transformKernel } from './native-transform.ts'

const BACKEND = 'tensorflow'

export interface NativeOptions {
  /** Threads that work on one operation; by default one a processor. Counts only at the first load in a process. */
  threads?: number
}

export interface NativeTensors {
  /** TensorFlow.js with TensorFlow's C library as its backend. The same tfjs-core as everywhere in this process. */
  tf: Tensors
  /** E.g. `tensorflow 2.21.0, tfjs-node 4.22.0`. */
  version: string
  device: 'cpu' | 'gpu'
}

let loaded: { dir: string; tensors: Promise<NativeTensors> } | undefined

/**
 * Loads the native engine and makes it the current backend of TensorFlow.js in this process. Operations run in the
 * thread that calls them. A process has one native engine; another folder cannot be loaded after the first.
 *
 * @param dir root of a tfjs-node package: an npm package, or what `gyrus engine install` made
 * @throws GyrusError `native-engine-missing`, `native-engine-library-missing`, `native-engine-memory`,
 *   `native-engine-unusable`
 */
export async function loadNativeBackend(dir: string, options: NativeOptions = {}): Promise<NativeTensors> {
  if (loaded && loaded.dir !== dir) throw new Error(`the native engine of ${loaded.dir} is loaded in this process`)
  loaded ??= { dir, tensors: load(dir, options) }
  try {
    const tensors = await loaded.tensors
    await tensors.tf.setBackend(BACKEND)
    return tensors
  } catch (error) {
    // What failed may be installed again, and then elsewhere.
    loaded = undefined
    throw error
  }
}

async function load(dir: string, options: NativeOptions): Promise<NativeTensors> {
  const file = findBinding(dir)
  if (!file) throw new GyrusError('native-engine-missing')
  prepareEnvironment(options.threads ?? availableParallelism())
  const tf = await import('@tensorflow/tfjs-core')
  await registerGradients()
  try {
    const binding = loadBinding(file)
    const { name, version } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as Record<string, string>
    const device = await register(tf, dir, binding, name ?? '')
    return { tf, version: `tensorflow ${binding.TF_Version}, tfjs-node ${version}`, device }
  } catch (error) {
    throw explainNativeError(error)
  }
}

/** Our own installation brings an addon that keeps TensorFlow from speaking while it is loaded. */
function loadBinding(file: string): NativeBinding {
  const require = createRequire(import.meta.url)
  const addon = join(dirname(file), 'mute.node')
  const stderr = existsSync(addon) ? (require(addon) as { mute(): void; restore(): void }) : undefined
  stderr?.mute()
  try {
    return require(file) as NativeBinding
  } finally {
    stderr?.restore()
  }
}

/** TensorFlow reads these when it starts. What was set from outside stays. */
function prepareEnvironment(threads: number): void {
  // 0 all, 1 no information, 2 no warnings, 3 no errors. Errors are what we show; warnings are for developers.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  process.env.TF_NUM_INTRAOP_THREADS ??= String(threads)
  // tfjs-node runs one operation after another, so there is nothing to do beside it.
  process.env.TF_NUM_INTEROP_THREADS ??= '1'
}

async function register(tf: Tensors, dir: string, binding: NativeBinding, name: string): Promise<'cpu' | 'gpu'> {
  const require = moduleLoader(dir, {
    '@tensorflow/tfjs': tf,
    '@tensorflow/tfjs-core': tf,
    // Messages of TensorBoard, which is not used.
    'dist/proto/api_pb': {},
  })
  const { NodeJSKernelBackend } = require('./dist/nodejs_kernel_backend') as { NodeJSKernelBackend: NativeBackendClass }
  require('./dist/register_all_kernels')
  tf.registerKernel(transformKernel(tf))
  const backend = new NodeJSKernelBackend(binding, name)
  tf.registerBackend(BACKEND, () => backend)
  if (!(await tf.setBackend(BACKEND))) throw new Error('TensorFlow.js does not take the backend')
  return backend.isUsingGpuDevice ? 'gpu' : 'cpu'
}
