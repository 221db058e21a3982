import { restoreFloat32 } from '../onnx/float16.ts'
import { readOnnx } from '../onnx/read.ts'
import type { Provider } from './provider.ts'
import { startTensors } from './tensorflow.ts'
import { compile } from './tfjs-graph.ts'

/**
 * TensorFlow.js on WASM: the last resort where ONNX Runtime's binary does not run, several times slower. Knows only the
 * operators of the networks that Gyrus makes.
 */
export const tfjsWasm: Provider = {
  name: 'tfjs-wasm',
  async createSession(onnx) {
    const tf = await startTensors()
    const network = compile(tf, restoreFloat32(readOnnx(onnx)))
    return {
      engine: `tensorflow.js ${tf.version_core} ${tf.getBackend()}`,
      async run(input, dims, outputs) {
        const results = tf.tidy(() =>
          network.run(tf.tensor4d(input, dims as [number, number, number, number]), outputs),
        )
        const values = results.map(async (tensor) => ({
          dims: tensor.shape,
          data: (await tensor.data()) as Float32Array,
        }))
        const finished = await Promise.all(values)
        tf.dispose(results)
        return finished
      },
      async dispose() {
        network.dispose()
      },
    }
  },
}
