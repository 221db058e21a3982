import { availableParallelism } from 'node:os'
import type { Provider } from './provider.ts'

/** ONNX Runtime's own binary on the CPU. Imported when first used, so that a machine on which it does not load still starts. */
export const onnxruntime: Provider = {
  name: 'onnxruntime',
  async createSession(onnx, { threads = availableParallelism() }) {
    const { default: ort } = await import('onnxruntime-node')
    const session = await ort.InferenceSession.create(onnx, {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      // Without its memory arena a batch takes 1.6 times as long (measured; docs/model.md).
      enableCpuMemArena: true,
      // Threads that have nothing to do would spin, and take the processor from the decoder: a third of all its time.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
      // Errors only: they also come as exceptions, and warnings are about how the file was written.
      logSeverityLevel: 3,
    })
    return {
      engine: `onnxruntime-node ${ort.env.versions.node} cpu`,
      async run(input, dims, outputs) {
        const results = await session.run({ input: new ort.Tensor('float32', input, dims) }, outputs)
        return outputs.map((name) => {
          const tensor = results[name]
          if (!(tensor?.data instanceof Float32Array)) throw new Error(`the network gave no float32 output “${name}”`)
          return { dims: tensor.dims, data: tensor.data }
        })
      },
      dispose: () => session.release(),
    }
  },
}
