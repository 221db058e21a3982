import { onnxruntime } from './onnxruntime.ts'
import type { Provider, Session, SessionOptions } from './provider.ts'
import { tfjsWasm } from './tfjs-wasm.ts'

/** Every provider that reads, the quickest first. A new one is one file and one entry here. */
export const PROVIDERS: Provider[] = [onnxruntime, tfjsWasm]

/**
 * Loads a network with the first of these providers that works here.
 * @throws Error with every provider's reason where none does.
 */
export async function createSession(
  onnx: Uint8Array,
  { providers = PROVIDERS, ...options }: SessionOptions & { providers?: Provider[] } = {},
): Promise<Session> {
  const reasons: string[] = []
  for (const provider of providers) {
    try {
      return await provider.createSession(onnx, options)
    } catch (error) {
      reasons.push(`${provider.name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  throw new Error(reasons.join('; '))
}
