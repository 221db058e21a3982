import type { Provider } from './provider.ts'
import { startTensors } from './tensorflow.ts'
import { tfjsSession } from './tfjs-session.ts'

const name = 'tfjs-wasm'

/**
 * TensorFlow.js on WASM: the last resort where ONNX Runtime's binary does not run, several times slower. Knows only the
 * operators of the networks that Gyrus makes.
 */
export const tfjsWasm: Provider = {
  name,
  async createSession(onnx) {
    const tf = await startTensors()
    return tfjsSession(tf, onnx, { provider: name, engine: `tensorflow.js ${tf.version_core} ${tf.getBackend()}` })
  },
}
