import type { StoredFile } from '../../sealed/read.ts'
import { Classifier } from '../classifier.ts'
import { loadModel } from '../model/index.ts'
import type { Classification, ModelRef } from '../protocol.ts'

/** One file through a model that need not be the one in force. Errors of `loadModel` and of the decoder. */
export async function classifyWith({ model, ...file }: StoredFile & { model: ModelRef }): Promise<Classification> {
  const { dir, ...options } = model
  const loaded = await loadModel(dir, options)
  try {
    const classifier = new Classifier()
    classifier.use(loaded)
    return await classifier.classify({ ...file, urgent: true }, new AbortController().signal)
  } finally {
    await loaded.dispose()
  }
}
