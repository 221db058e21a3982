/**
 * Writes `similar.bin` of the model that ships: its training images, to find similar ones among. Divides
 * `../shared/datasets` as the run did that it was made of, and measures its images with the network as it ships. Pictures
 * go along of the tumours that are traced to figshare 1512427 (CC BY 4.0); the other sources state no licence that would
 * allow it. Weights and card stay as they are.
 *
 * The argument is a folder in which features are kept for another run.
 *
 *     node scripts/model/similar/make.ts <folder>
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { readImageBytes } from '../../../src/main/engine/dataset/bytes.ts'
import { sha256Of } from '../../../src/main/engine/model/files.ts'
import { readSummary } from '../../../src/main/engine/package-run/read-run.ts'
import { makeSimilar } from '../../../src/main/engine/similar/make.ts'
import type { Example } from '../../../src/main/engine/train/run/types.ts'
import { packSimilar, SIMILAR_FILE, type SimilarSource } from '../../../src/shared/similar-file.ts'
import { measuredFeatures } from './features.ts'
import { DATA, dir, manifest, runs } from './shipped.ts'

const [SIDE, QUALITY] = [96, 60]

const FIGSHARE: SimilarSource = {
  name: 'Jun Cheng, brain tumor dataset, figshare 1512427',
  licence: 'CC BY 4.0',
  noPicture: null,
}
const NONE: SimilarSource = {
  name: 'no-tumour images of the public combination of figshare, SARTAJ and Br35H',
  licence: 'not stated',
  noPicture: 'Its source states no licence that would allow Gyrus to ship it.',
}
const UNTRACED: SimilarSource = {
  name: 'tumours of the public combination of figshare, SARTAJ and Br35H that are traced to no patient',
  licence: 'not stated',
  noPicture: 'It could not be traced to a source with a licence.',
}
const OTHERS: SimilarSource = {
  name: 'tumours of unknown kind in other sequences, Navoneel’s set and Br35H',
  licence: 'not stated',
  noPicture: 'Its source states no licence that would allow Gyrus to ship it.',
}

const traced = ({ label, group }: Example) => label !== null && label !== 'notumor' && !group.startsWith('copies-')

function sourceOf(example: Example): SimilarSource {
  if (example.label === null) return OTHERS
  if (example.label === 'notumor') return NONE
  return traced(example) ? FIGSHARE : UNTRACED
}

const kept = process.argv[2]
if (!kept) throw new Error('name a folder to keep the features in')
const { width, examples, features } = await measuredFeatures(kept)
const of = (part: Example['part']) =>
  examples.flatMap((one, i) =>
    one.part === part ? [{ one, features: features.slice(i * width, (i + 1) * width) }] : [],
  )
const [training, validation] = [of('training'), of('validation')]
const set = {
  training: training.map(({ one }) => one),
  own: training,
  apart: {
    words: 'chose the epoch, trained nothing',
    examples: validation.map(({ one }) => one),
    measured: validation,
  },
  dataSha256: (await readSummary(join(runs, 'a-all'))).dataSha256,
}

const made = await makeSimilar({ manifest, data: DATA, set, sourceOf, pictureOf })
const bytes = packSimilar(made)
writeFileSync(join(dir, SIMILAR_FILE), bytes)
const named = { file: SIMILAR_FILE, sha256: sha256Of(bytes), by: 'scripts/model/similar/make.ts' }
writeFileSync(join(dir, 'model.json'), `${JSON.stringify({ ...manifest, similar: named }, null, 2)}\n`)
console.log(`${bytes.length} bytes, ${made.header.images} images`, made.header)

async function pictureOf(example: Example): Promise<Uint8Array | null> {
  if (!traced(example)) return null
  const { bytes } = await readImageBytes(example)
  return sharp(bytes).greyscale().resize(SIDE, SIDE, { fit: 'inside' }).webp({ quality: QUALITY, effort: 6 }).toBuffer()
}
