import { availableParallelism } from 'node:os'
import type { Provider } from './provider.ts'

const PREFIX = 'onnxruntime-'

/**
 * ONNX Runtime's own binary on one of its execution providers (`cpu`, `cuda`, `webgpu`, …). Imported when first used, so
 * that a machine on which it does not load still starts.
 */
export const onnxruntimeOn = (device: string): Provider => ({
  name: `${PREFIX}${device}`,
  async createSession(onnx, { threads = availableParallelism() }) {
    const ort = await loadRuntime()
    // Why a device cannot be used comes as an exception, too.
    if (device !== 'cpu') ort.env.logLevel = 'fatal'
    const session = await ort.InferenceSession.create(onnx, {
      executionProviders: [device],
      intraOpNumThreads: threads,
      // Without its memory arena a batch takes 1.6 times as long (measured; docs/model.md).
      enableCpuMemArena: true,
      extra: {
        session: {
          // Threads that have nothing to do would spin, and take the processor from the decoder: a third of all its time.
          intra_op: { allow_spinning: '0' },
          // What is said to run on another device does so as a whole, or not at all.
          ...(device === 'cpu' ? {} : { disable_cpu_ep_fallback: '1' }),
        },
      },
      // Errors only: they also come as exceptions, and warnings are about how the file was written.
      logSeverityLevel: 3,
    })
    return {
      provider: `${PREFIX}${device}`,
      engine: `onnxruntime-node ${ort.env.versions.node} ${device}`,
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
})

export const onnxruntime = onnxruntimeOn('cpu')

/**
 * From 1.29 on its official builds for Linux and macOS report each session to their maker over the network, the model's file name and
 * hash among it, unless this stands in the environment before the library is there. Nothing leaves the machine: nobody can
 * set it otherwise.
 */
async function loadRuntime() {
  process.env.ORT_DISABLE_TELEMETRY = '1'
  const { default: ort } = await import('onnxruntime-node')
  return ort
}

/** The execution providers that its binary was built with, but for the one that reads; none where it does not load. */
export async function otherOnnxruntimes(): Promise<Provider[]> {
  const backends = await loadRuntime().then(
    (ort) => ort.listSupportedBackends(),
    () => [],
  )
  return backends.filter(({ name }) => name !== 'cpu').map(({ name }) => onnxruntimeOn(name))
}
