import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { ModelManifest } from '../../../shared/model.ts'
import { decodeImage } from '../decode/index.ts'
import { createSession } from '../infer/index.ts'
import { softmax } from '../infer/softmax.ts'
import { sha256Of } from '../model/files.ts'
import { preprocess } from '../preprocess/index.ts'
import { runBatch } from '../train/run/serve.ts'

/** Copies golden images into a model's folder and has the network say what they must give from now on. */
export async function makeGolden(
  dir: string,
  onnx: Uint8Array,
  { preprocessing, temperature }: Pick<ModelManifest, 'preprocessing' | 'temperature'>,
  paths: string[],
): Promise<ModelManifest['golden']['images']> {
  await mkdir(join(dir, 'golden'), { recursive: true })
  // One thread and one image at a time: the plainest way to compute it.
  const session = await createSession(onnx, { threads: 1 })
  const images: ModelManifest['golden']['images'] = []
  for (const [i, path] of paths.entries()) {
    const file = `golden/${i + 1}${extname(path)}`
    const bytes = await readFile(path)
    await writeFile(join(dir, file), bytes)
    const input = await preprocess(await decodeImage(bytes), preprocessing)
    const [logits] = await runBatch(session, [input], preprocessing.size)
    images.push({ file, sha256: sha256Of(bytes), probabilities: softmax(logits ?? [], temperature) })
  }
  await session.dispose()
  return images
}
