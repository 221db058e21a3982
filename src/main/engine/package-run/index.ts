import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TaskProgress } from '../../../shared/dataset.ts'
import { LABELS } from '../../../shared/labels.ts'
import type { ModelManifest } from '../../../shared/model.ts'
import { predictionsSchema, type RunPredictions } from '../../../shared/predictions.ts'
import { type RunSummary, runSummarySchema } from '../../../shared/training.ts'
import { evaluateRuns } from '../evaluate-set/evaluate-runs.ts'
import { evaluateSet } from '../evaluate-set/index.ts'
import { pooledTemperature } from '../evaluate-set/pool-runs.ts'
import { sha256Of } from '../model/files.ts'
import { chooseRecipe } from '../train/recipes/index.ts'
import type { Following } from '../types.ts'
import { makeCard } from './card.ts'
import { makeGolden } from './golden.ts'
import { resultsOf, sensitivitiesOf, shortcutsOf } from './rows.ts'
import type { PackageInput } from './types.ts'

/** Golden probabilities may differ by this on another processor (docs/model.md). */
const TOLERANCE = 1e-3

/**
 * Makes a model's folder of a finished run: network, preprocessing, temperature, golden images, and a card with what was
 * measured: the cross-validation where one is given, what the run itself held out, the set's test side with and without
 * near-copies, and the search for shortcuts.
 *
 * @throws GyrusError errors of `evaluateRuns` and `evaluateSet`, `cancelled`
 */
export async function packageRun(input: PackageInput, following: Following<TaskProgress>): Promise<{ dir: string }> {
  const { runDir, dir, id, version, about, folds } = input
  const summary = runSummarySchema.parse(await readJson(join(runDir, 'run.json')))
  const predictions = predictionsSchema.parse(await readJson(join(runDir, 'predictions.json')))
  const onnx = await readFile(join(runDir, 'model.onnx'))
  const { temperature, calibratedBy } = await calibration(summary, predictions, folds)
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, 'model.onnx'), onnx)
  const recipe = chooseRecipe(summary.request.recipe, summary.request.changes)
  const preprocessing = recipe.preprocessing(recipe.size)
  const manifest: ModelManifest = {
    id,
    version,
    weights: { file: 'model.onnx', sha256: sha256Of(onnx) },
    labels: [...LABELS],
    temperature,
    preprocessing,
    golden: {
      tolerance: TOLERANCE,
      images: await makeGolden(dir, onnx, { preprocessing, temperature }, input.golden),
    },
  }
  await writeJson(join(dir, 'model.json'), manifest)
  const known = { id, version, summary, about, temperature, calibratedBy }
  // The evaluation loads the model as it serves, card and all.
  await writeJson(join(dir, 'card.json'), makeCard({ ...known, results: [], tumourSensitivity: [], shortcuts: [] }))
  await writeJson(join(dir, 'card.json'), makeCard({ ...known, ...(await measure(input, summary, following)) }))
  return { dir }
}

async function calibration(summary: RunSummary, own: RunPredictions, folds: string[]) {
  if (folds.length > 0) {
    const runs = await Promise.all(folds.map(async (file) => predictionsSchema.parse(await readJson(file))))
    const n = runs.flatMap(({ images }) => images.filter(({ part, label }) => part === 'held-out' && label)).length
    const calibratedBy = `the ${n} images that the ${runs.length} folds of its cross-validation held out`
    return { temperature: pooledTemperature(runs), calibratedBy }
  }
  const n = own.images.filter(({ part, label }) => part === 'validation' && label).length
  const calibratedBy = own.temperature === null ? 'nothing: there were no validation images' : `${n} validation images`
  return { temperature: summary.temperature ?? 1, calibratedBy }
}

/** Rows of the card, the ones that say most of new patients first. */
async function measure(
  { dir, folds, boxes }: PackageInput,
  { request }: RunSummary,
  following: Following<TaskProgress>,
) {
  const crossValidated = folds.length > 0 ? (await evaluateRuns({ files: folds, html: false })).report : null
  const { report } = await evaluateSet(
    {
      source: {
        path: request.set,
        map: request.map,
        ...(request.patients !== undefined && { patients: request.patients }),
      },
      modelDir: dir,
      tumours: [],
      ...(boxes !== null && { boxes }),
      shortcuts: true,
      html: false,
    },
    following,
  )
  return {
    results: [...(crossValidated ? resultsOf(crossValidated) : []), ...resultsOf(report)],
    tumourSensitivity: crossValidated ? sensitivitiesOf(crossValidated) : [],
    shortcuts: shortcutsOf(report.shortcuts),
  }
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'))
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`)
}
