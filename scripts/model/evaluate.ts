import { readFile } from 'node:fs/promises'
import { decodeImage } from '../../src/main/engine/decode/index.ts'
import type { Session } from '../../src/main/engine/infer/provider.ts'
import { predict } from '../../src/main/engine/model/predict.ts'
import { preprocess } from '../../src/main/engine/preprocess/index.ts'
import { topClasses } from '../../src/main/engine/train/metrics.ts'
import type { ModelManifest } from '../../src/shared/model.ts'

const BATCH = 16

/** The class that a model gives to each image file, on the path that serving takes. */
export async function classify(session: Session, manifest: ModelManifest, files: string[]): Promise<number[]> {
  const classes: number[] = []
  for (let start = 0; start < files.length; start += BATCH) {
    const inputs = files
      .slice(start, start + BATCH)
      .map(async (file) => preprocess(await decodeImage(await readFile(file)), manifest.preprocessing))
    const predictions = await predict(session, manifest, await Promise.all(inputs))
    classes.push(...topClasses(predictions.map(({ logits }) => logits)))
  }
  return classes
}
