import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readImageBytes } from '../../../src/main/engine/dataset/bytes.ts'
import { createSession } from '../../../src/main/engine/infer/index.ts'
import { measureImages } from '../../../src/main/engine/inputs/measure.ts'
import { readSummary } from '../../../src/main/engine/package-run/read-run.ts'
import { gatherExamples } from '../../../src/main/engine/train/run/examples.ts'
import type { Example } from '../../../src/main/engine/train/run/types.ts'
import { dir, manifest, runs } from './shipped.ts'

export interface Measured {
  width: number
  examples: (Example & { sha: string })[]
  /** `examples × width` */
  features: Float32Array
}

/** Features of all images of the run that the shipped model was made of, its test side too. @param kept a folder to keep them in */
export async function measuredFeatures(kept: string): Promise<Measured> {
  const [table, numbers] = [join(kept, 'meta.json'), join(kept, 'feats.f32')]
  if (!existsSync(table)) await measure(kept, table, numbers)
  const { W: width, examples } = JSON.parse(readFileSync(table, 'utf8'))
  return { width, examples, features: new Float32Array(new Uint8Array(readFileSync(numbers)).buffer) }
}

async function measure(kept: string, table: string, numbers: string): Promise<void> {
  mkdirSync(kept, { recursive: true })
  const ignored = () => undefined
  const { signal } = new AbortController()
  const { request, trainingSha256 } = await readSummary(join(runs, 'a-all'))
  const follow = { signal, onProgress: ignored, tell: ignored, onDataset: ignored }
  const { examples, ...gathered } = await gatherExamples(request, follow)
  if (gathered.trainingSha256 !== trainingSha256)
    throw new Error('the images in ../shared/datasets are not those that it was trained on')
  const session = await createSession(readFileSync(join(dir, manifest.weights.file)))
  const measured = await measureImages(session, manifest, examples, { signal, onProgress: ignored })
  await session.dispose()
  const width = measured[0]?.features.length ?? 0
  const features = new Float32Array(measured.length * width)
  for (const [i, one] of measured.entries()) features.set(one.features, i * width)
  const hashes = await Promise.all(examples.map(async (one) => (await readImageBytes(one)).sha256))
  writeFileSync(numbers, new Uint8Array(features.buffer))
  writeFileSync(table, JSON.stringify({ W: width, examples: examples.map((one, i) => ({ ...one, sha: hashes[i] })) }))
}
