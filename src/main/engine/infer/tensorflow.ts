import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The parts of TensorFlow.js in use, on the backend that was started. */
export type Tensors = typeof import('@tensorflow/tfjs-core')

let started: Promise<Tensors> | undefined

/**
 * TensorFlow.js on its WASM backend, or on its plain JavaScript one where WASM does not start. Imported when first used:
 * reading scans does not need it.
 */
export function startTensors(): Promise<Tensors> {
  started ??= start()
  return started
}

async function start(): Promise<Tensors> {
  const tf = await import('@tensorflow/tfjs-core')
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
  setWasmPaths(`${join(dirname(entry), '../wasm-out')}/`)
  if (!(await tf.setBackend('wasm'))) {
    await import('@tensorflow/tfjs-backend-cpu')
    await tf.setBackend('cpu')
  }
  await tf.ready()
  return tf
}
