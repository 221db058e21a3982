import { loadModel } from '../model/index.ts'
import type { LoadedModel, ModelRef } from '../protocol.ts'

/** Proves that a model folder is whole and computes here what it should. Errors of `loadModel`. */
export async function checkModel({ dir, ...options }: ModelRef): Promise<LoadedModel> {
  const { manifest, card, provider, providerName, dispose } = await loadModel(dir, options)
  await dispose()
  return { manifest, card, provider, providerName }
}
