import { loadNativeBackend } from '../train/native.ts'
import type { Provider } from './provider.ts'
import { tfjsSession } from './tfjs-session.ts'

export const NATIVE = 'tensorflow'

/**
 * The native engine, which trains. It reads nothing: it is not on every machine, and a scan is to be answered alike on
 * all. `dir`: as for `loadNativeBackend`.
 */
export const tensorflowNative = (dir: string): Provider => ({
  name: NATIVE,
  async createSession(onnx, options) {
    const { tf, version, device } = await loadNativeBackend(dir, options)
    return tfjsSession(tf, onnx, { provider: NATIVE, engine: `${version}, ${device}` })
  },
})
