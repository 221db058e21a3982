import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CALIBRATION_FILE, calibrationText } from '../../../shared/calibration-images.ts'
import type { DatasetSource, TaskProgress } from '../../../shared/dataset.ts'
import type { Column } from '../../../shared/evaluation-report.ts'
import { LABELS } from '../../../shared/labels.ts'
import { type Measured, measuredOf } from '../../../shared/measured.ts'
import { GOLDEN_TOLERANCE, type ModelManifest, type Preprocessing } from '../../../shared/model.ts'
import type { RunPredictions } from '../../../shared/predictions.ts'
import type { RunSummary } from '../../../shared/training.ts'
import { evaluateRuns } from '../evaluate-set/evaluate-runs.ts'
import { evaluateSet } from '../evaluate-set/index.ts'
import { readRuns } from '../evaluate-set/read-predictions.ts'
import { sha256Of } from '../model/files.ts'
import { chooseRecipe } from '../train/recipes/index.ts'
import { refuseAbove } from '../train/run/parity.ts'
import type { Following } from '../types.ts'
import { type Calibrated, calibrate } from './calibration.ts'
import { makeCard } from './card.ts'
import { makeGolden } from './golden.ts'
import { writeInputs } from './inputs.ts'
import { leakageOf } from './leakage.ts'
import { operatingPointOf } from './operating-point.ts'
import { readPredictions, readSummary } from './read-run.ts'
import { resultsOf, sensitivitiesOf, shortcutsOf } from './rows.ts'
import { findSensitivity, type Sensitivity } from './tumours.ts'
import type { Packaged, PackageInput } from './types.ts'

/**
 * Makes a model's folder of a finished run: network, preprocessing, temperature, golden images, the images that set its
 * limits, what its training images were like, and a card with what was measured: the cross-validation where one is given,
 * what the run itself held out, the set's test side with and without
 * near-copies, tumours in other sequences, and the search for shortcuts.
 *
 * @throws GyrusError `training-run-unreadable`, `predictions-invalid`, `training-parity`; errors of `writeInputs`, `evaluateRuns`,
 *   `evaluateSet` and `findSensitivity`; `cancelled`
 */
export async function packageRun(input: PackageInput, following: Following<TaskProgress>): Promise<Packaged> {
  const { runDir, dir, id, version, about, folds } = input
  const summary = await readSummary(runDir)
  const predictions = await readPredictions(join(runDir, 'predictions.json'))
  // The run refused it then; a summary that says otherwise was written by hand or by another Gyrus.
  refuseAbove(summary.parity)
  const onnx = await readFile(join(runDir, 'model.onnx'))
  const crossed = await Promise.all(folds.map(readPredictions))
  const calibrated = await calibrate(sourceOf(summary.request), summary, predictions, crossed, following.signal)
  const { temperature, calibratedBy, kept } = calibrated
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, 'model.onnx'), onnx)
  const preprocessing = preprocessingOf(summary)
  const served: ModelManifest = {
    id,
    version,
    weights: { file: 'model.onnx', sha256: sha256Of(onnx) },
    labels: [...LABELS],
    temperature,
    preprocessing,
    golden: {
      tolerance: GOLDEN_TOLERANCE,
      images: await makeGolden(dir, onnx, { preprocessing, temperature }, input.golden),
    },
    ...(await keepCalibration(dir, calibrated)),
  }
  const data = about.data ?? summary.request.set
  const of = { summary, manifest: served, onnx, data, own: predictions, folds: crossed }
  const { limits, gate, ...trained } = await writeInputs(dir, of, following)
  const manifest: ModelManifest = { ...served, ...trained }
  await writeJson(join(dir, 'model.json'), manifest)
  const sensitivity = await findSensitivity(input, summary)
  const found = [...limits, ...(sensitivity.notMeasured === null ? [] : [sensitivity.notMeasured])]
  const known = { id, version, summary, about, temperature, calibratedBy, found, gate }
  // The evaluation loads the model as it serves, card and all.
  const operatingPoint = (columns: Column[]) =>
    operatingPointOf({ manifest, calibration: kept?.images ?? null }, columns)
  const unmeasured = { operatingPoint: operatingPoint([]), leakage: leakageOf([], []) }
  const blank = { ...unmeasured, results: [], tumourSensitivity: [], shortcuts: [] }
  await writeJson(join(dir, 'card.json'), makeCard({ ...known, ...blank }))
  const own = await heldOut(input, predictions)
  const { measured, columns, ...figures } = await measure(input, summary, sensitivity, own, following)
  const runs = folds.length > 0 ? await readRuns(folds) : []
  const proved = { operatingPoint: operatingPoint(columns), leakage: leakageOf(measured.columns, runs) }
  await writeJson(join(dir, 'card.json'), makeCard({ ...known, ...figures, ...proved }))
  return { dir, measured }
}

/** As the run's own images were prepared, whatever its recipe does today; runs of earlier versions did not keep it. */
function preprocessingOf({ carriedOut, request }: RunSummary): Preprocessing {
  if (carriedOut) return carriedOut.preprocessing
  const recipe = chooseRecipe(request.recipe, request.changes)
  return recipe.preprocessing(recipe.size)
}

/** Beside the model, and named in its manifest. */
async function keepCalibration(dir: string, { kept }: Calibrated): Promise<Pick<ModelManifest, 'calibration'>> {
  if (!kept) return {}
  const text = calibrationText(kept.images)
  await writeFile(join(dir, CALIBRATION_FILE), text)
  return { calibration: { file: CALIBRATION_FILE, sha256: sha256Of(Buffer.from(text)), by: kept.by } }
}

const sourceOf = ({ set, map, patients }: RunSummary['request']): DatasetSource => ({
  ...{ path: set, map },
  ...(patients !== undefined && { patients }),
})

/** Rows of the card, the ones that say most of new patients first. */
async function measure(
  { dir, folds, boxes }: PackageInput,
  { request }: RunSummary,
  sensitivity: Sensitivity,
  own: Measured['columns'],
  following: Following<TaskProgress>,
) {
  const crossValidated = folds.length > 0 ? await evaluateRuns({ files: folds, html: false }) : null
  const served = await evaluateSet(
    {
      source: sourceOf(request),
      modelDir: dir,
      tumours: sensitivity.tables,
      ...(boxes !== null && { boxes }),
      shortcuts: true,
      html: false,
    },
    following,
  )
  const { report } = served
  const kept = measuredOf(served)
  const folded = crossValidated && measuredOf(crossValidated)
  return {
    measured: {
      ...kept,
      columns: [...(folded?.columns ?? own), ...kept.columns],
      tumourColumns: [...(folded?.tumourColumns ?? []), ...kept.tumourColumns],
    },
    columns: [...report.columns, ...(crossValidated?.report.columns ?? [])],
    results: [...(crossValidated ? resultsOf(crossValidated.report) : []), ...resultsOf(report)],
    tumourSensitivity: [...sensitivity.measured, ...sensitivitiesOf(report)],
    shortcuts: shortcutsOf(report.shortcuts),
  }
}

/** What the run itself held out, where it did: images of patients that this very model never saw. */
async function heldOut({ runDir }: PackageInput, { images }: RunPredictions): Promise<Measured['columns']> {
  if (!images.some(({ part, label }) => part === 'held-out' && label)) return []
  const { columns } = measuredOf(await evaluateRuns({ files: [join(runDir, 'predictions.json')], html: false }))
  return columns
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`)
}
