/**
 * Measures what `results.ts` needs beside the runs, on the public set in the shared data folder: which of its test images
 * have no near-copy on the training side, and what the first model says of its test images. Some minutes.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { loadDataset } from '../../src/main/engine/dataset/load.ts'
import { findNeighbours } from '../../src/main/engine/dataset/neighbours.ts'
import { chooseParts } from '../../src/main/engine/evaluate-set/columns.ts'
import { loadModel } from '../../src/main/engine/model/index.ts'
import { predictSet } from '../../src/main/engine/model/predict-set.ts'
import { LABELS } from '../../src/shared/labels.ts'
import type { RunPredictions } from '../../src/shared/predictions.ts'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const SET = `${process.env.GYRUS_SHARED ?? at('../shared')}/datasets/brain-tumor-mri`
const FIRST_MODEL = 'efl0-head-1'
const following = { signal: new AbortController().signal, onProgress: () => undefined }
const date = new Date().toISOString().slice(0, 10)

const loaded = await loadDataset({ path: SET, patients: `${SET}/patients.csv` }, following)
const { copies, units } = await findNeighbours(loaded.images, loaded.fingerprints, following)
const [asItIs, apart] = chooseParts(loaded.images, copies, undefined)
if (!asItIs || !apart) throw new Error('the set has no test side, or no training side')
const filesOf = (members: number[]) => members.map((index) => loaded.images[index]?.file as string).sort()
write('docs/runs/public-split.json', { dataSha256: loaded.sha256, date, withoutNearCopies: filesOf(apart.members) })

const testing = asItIs.members.map((index) => ({ ...(loaded.images[index] as (typeof loaded.images)[number]), index }))
const model = await loadModel(at(`resources/models/${FIRST_MODEL}`))
const { images } = await predictSet(model, testing, following)
await model.dispose()
const predictions: RunPredictions = {
  run: FIRST_MODEL,
  dataSha256: loaded.sha256,
  date,
  temperature: model.manifest.temperature,
  images: images.map(({ file, label, index, logits }) => ({
    ...{ file, label, group: loaded.images[index]?.patient ?? `copies-${units[index]}`, part: 'testing' as const },
    logits: LABELS.map((_, c) => Number((logits[c] as number).toFixed(4))),
  })),
}
write(`docs/runs/head/${FIRST_MODEL}/predictions.json`, predictions)

function write(path: string, value: unknown): void {
  writeFileSync(at(path), `${JSON.stringify(value)}\n`)
}
