import { restoreFloat32 } from '../onnx/float16.ts'
import { readOnnx } from '../onnx/read.ts'
import type { Session } from './provider.ts'
import type { Tensors } from './tensorflow.ts'
import { compile } from './tfjs-graph.ts'

/** A network on TensorFlow.js's current backend. Errors as of `connect`. */
export function tfjsSession(tf: Tensors, onnx: Uint8Array, by: Pick<Session, 'provider' | 'engine'>): Session {
  const network = compile(tf, restoreFloat32(readOnnx(onnx)))
  return {
    ...by,
    async run(input, dims, outputs) {
      const results = tf.tidy(() => network.run(tf.tensor4d(input, dims as [number, number, number, number]), outputs))
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
}
