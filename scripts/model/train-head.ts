/**
 * Makes resources/models/efl0-head-1: `node scripts/model/train-head.ts [DATASETS] [--out MODELS]`, by default from
 * ../shared/datasets, which holds brain-tumor-mri (Training, Testing, patients.csv) and other-sequences. Some minutes on
 * 2 cores. The finished model takes the place of the old one at the end.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createSession } from '../../src/main/engine/infer/index.ts'
import { sha256Of } from '../../src/main/engine/model/files.ts'
import { loadModel } from '../../src/main/engine/model/index.ts'
import { addHead } from '../../src/main/engine/onnx/head.ts'
import { readOnnx } from '../../src/main/engine/onnx/read.ts'
import { writeOnnx } from '../../src/main/engine/onnx/write.ts'
import { PREPROCESSING_REVISION } from '../../src/main/engine/preprocess/index.ts'
import { extractFeatures } from '../../src/main/engine/train/features.ts'
import { trainHead } from '../../src/main/engine/train/head.ts'
import { measure } from '../../src/main/engine/train/metrics.ts'
import { LABELS } from '../../src/shared/labels.ts'
import type { ModelManifest, Preprocessing } from '../../src/shared/model.ts'
import { makeCard } from './card.ts'
import { choosePenalty } from './choose-penalty.ts'
import { hashOf, readClassFolders, readFolds } from './dataset.ts'
import { classify } from './evaluate.ts'
import { addGolden, goldenPaths } from './golden.ts'

const ID = 'efl0-head-1'
const VERSION = '1.0.0'
const PREPROCESSING: Preprocessing = {
  version: `r${PREPROCESSING_REVISION}-160-fill-linear`,
  size: 160,
  region: 'whole',
  colour: 'as-is',
  resize: { fit: 'fill', kernel: 'linear' },
  // The training images were stretched so, too: the brightest pixel of the median one is 251.
  stretch: { images: 'high-bit-depth', percentiles: [0, 100] },
  // EfficientNet-Lite's own: (value − 127) / 128.
  normalise: { mean: 127, std: 128 },
}
/** Golden probabilities may differ by this on another processor; docs/model.md has what was measured. */
const TOLERANCE = 1e-3

const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: 'string' } } })
const datasets = resolve(positionals[0] ?? '../shared/datasets')
const root = join(datasets, 'brain-tumor-mri')
const resources = join(import.meta.dirname, '../../resources')
const models = resolve(values.out ?? join(resources, 'models'))
const dir = join(models, `${ID}.new`)
await rm(dir, { recursive: true, force: true })
await mkdir(dir, { recursive: true })
await writeFile(join(dir, 'LICENCE.txt'), await licence())

console.log('Features of Training …')
const training = await readClassFolders(root, 'Training')
const base = await readFile(join(resources, 'base-weights/efficientnet-lite0.onnx'))
const baseSession = await createSession(base)
const features = await extractFeatures(
  baseSession,
  training.map(({ file }) => join(root, file)),
  PREPROCESSING,
)
await baseSession.dispose()

console.log('Penalty and temperature on patient-disjoint folds …')
const folds = await readFolds(join(root, 'patients.csv'))
const choice = await choosePenalty(features, training, folds)

console.log(`Final head on all ${training.length} images, L2 ${choice.l2} …`)
const labels = training.map(({ label }) => label)
const head = await trainHead(features, labels, { classes: LABELS.length, l2: choice.l2 })
const weights = writeOnnx(addHead(readOnnx(base), head, ID))
await writeFile(join(dir, 'model.onnx'), weights)
const traced = training.filter(({ file }) => folds.has(file))
const manifest = await addGolden(dir, makeManifest(), goldenPaths(root, traced, join(resources, 'samples')))
await writeJson('model.json', manifest)

console.log('Testing and other sequences …')
const session = await createSession(weights)
const testing = await readClassFolders(root, 'Testing')
const tests = await classify(
  session,
  manifest,
  testing.map(({ file }) => join(root, file)),
)
const others = (await readdir(join(datasets, 'other-sequences'))).filter((file) => file.endsWith('.jpg'))
const calls = await classify(
  session,
  manifest,
  others.map((file) => join(datasets, 'other-sequences', file)),
)
await session.dispose()
const card = makeCard({
  id: ID,
  version: VERSION,
  date: new Date().toISOString().slice(0, 10),
  weightsSha256: manifest.weights.sha256,
  dataSha256: await hashOf(root, training),
  images: LABELS.map((_, label) => labels.filter((of) => of === label).length),
  l2: choice.l2,
  temperature: choice.temperature,
  outOfFold: choice.metrics,
  publicTest: measure(
    tests,
    testing.map(({ label }) => label),
    LABELS.length,
  ),
  otherSequences: {
    n: others.length,
    sensitivity: calls.filter((call) => call !== LABELS.indexOf('notumor')).length / others.length,
  },
})
await writeJson('card.json', card)
await (await loadModel(dir)).dispose()
await rm(join(models, ID), { recursive: true, force: true })
await rename(dir, join(models, ID))
console.log(JSON.stringify({ results: card.results, tumourSensitivity: card.tumourSensitivity }, null, 2))

function makeManifest(): ModelManifest {
  return {
    id: ID,
    version: VERSION,
    weights: { file: 'model.onnx', sha256: sha256Of(weights) },
    labels: [...LABELS],
    temperature: choice.temperature,
    preprocessing: PREPROCESSING,
    golden: { tolerance: TOLERANCE, images: [] },
  }
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(join(dir, file), `${JSON.stringify(value, null, 2)}\n`)
}

async function licence(): Promise<string> {
  const ofBase = await readFile(join(resources, 'base-weights/LICENCE.txt'), 'utf8')
  return `golden/: tumours from Jun Cheng, brain tumor dataset, figshare 2017, https://doi.org/10.6084/m9.figshare.1512427,
CC BY 4.0; without tumour from studyforrest.org, Hanke et al. 2014, https://doi.org/10.1038/sdata.2014.3, PDDL.

${ofBase}`
}
