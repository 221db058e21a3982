import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { decodeImage } from '../../src/main/engine/decode/index.ts'
import { createSession } from '../../src/main/engine/infer/index.ts'
import { sha256Of } from '../../src/main/engine/model/files.ts'
import { predict } from '../../src/main/engine/model/predict.ts'
import { preprocess } from '../../src/main/engine/preprocess/index.ts'
import type { Label } from '../../src/shared/labels.ts'
import { LABELS } from '../../src/shared/labels.ts'
import type { ModelManifest } from '../../src/shared/model.ts'
import type { Sample } from './dataset.ts'

/**
 * Paths of the golden images: tumours from `traced`, fixed places among the training images that go back to a figshare
 * patient (CC BY 4.0), and a sample scan without tumour (PDDL), because the licences of the other no-tumour images are
 * not certain enough to ship one.
 */
export function goldenPaths(root: string, traced: Sample[], samples: string): string[] {
  const tumour = (name: Label, place: number) => {
    const found = traced.filter(({ label }) => label === LABELS.indexOf(name))[place]
    if (!found) throw new Error(`fewer than ${place} traced images of ${name}`)
    return join(root, found.file)
  }
  return [
    tumour('glioma', 100),
    tumour('meningioma', 200),
    join(samples, 'sample-10.png'),
    tumour('pituitary', 400),
    tumour('glioma', 500),
    tumour('meningioma', 600),
  ]
}

/**
 * Copies golden images into the model's folder and has the finished network say what they must give.
 * @returns the manifest with its golden images
 */
export async function addGolden(dir: string, manifest: ModelManifest, paths: string[]): Promise<ModelManifest> {
  await mkdir(join(dir, 'golden'))
  // One thread and one image at a time: the plainest way to compute it.
  const session = await createSession(await readFile(join(dir, manifest.weights.file)), { threads: 1 })
  const images: ModelManifest['golden']['images'] = []
  for (const [i, path] of paths.entries()) {
    const file = `golden/${i + 1}${extname(path)}`
    const bytes = await readFile(path)
    await writeFile(join(dir, file), bytes)
    const input = await preprocess(await decodeImage(bytes), manifest.preprocessing)
    const [prediction] = await predict(session, manifest, [input])
    const probabilities = LABELS.map((name) => Number(prediction?.confidences[name].toFixed(6)))
    images.push({ file, sha256: sha256Of(bytes), probabilities })
  }
  await session.dispose()
  return { ...manifest, golden: { ...manifest.golden, images } }
}
