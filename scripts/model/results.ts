/**
 * Writes `resources/results/<run>.json`: what the trainings in docs/runs/cnn showed, whose weights do not ship, as the
 * evaluation tells it of their predictions. A test holds the files together with the runs.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { evaluateRuns } from '../../src/main/engine/evaluate-set/evaluate-runs.ts'
import { resultsOf } from '../../src/main/engine/package-run/rows.ts'
import type { RunResult } from '../../src/shared/model-work.ts'
import type { RunSummary } from '../../src/shared/training.ts'

const NAMES = { 'cnn-9': 'Small network, nine layers', 'cnn-24': 'Deeper network, 24 layers' }
export const RUNS = ['cnn-9', 'cnn-24'] as const
const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** As a row beside the models. */
export async function resultOf(run: (typeof RUNS)[number]): Promise<RunResult> {
  const dir = at(`docs/runs/cnn/${run}`)
  const summary = JSON.parse(readFileSync(`${dir}/run.json`, 'utf8')) as RunSummary
  const { report } = await evaluateRuns({ files: [`${dir}/predictions.json`], html: false })
  const results = resultsOf(report).map((result) => ({
    ...result,
    name: 'Test images of the public set',
    data: 'brain-tumor-mri/Testing, the 596 of its 1,311 images that are to hand; most have a near-copy in training',
  }))
  const { images, trainedOn, trainingSha256, request, validation, finishedAt, weightsSha256 } = summary
  if (!validation) throw new Error(`${run} chose its epoch by no images`)
  return {
    id: run,
    name: NAMES[run],
    date: finishedAt.slice(0, 10),
    recipe: request.recipe,
    training: {
      data: 'brain-tumor-mri/Training, the public combination of figshare 1512427, SARTAJ and Br35H',
      dataSha256: trainingSha256,
      images: trainedOn,
      splitRule: `validation at random: patients of training are in it; ${images.validation} images chose the epoch`,
      seed: request.seed,
    },
    validation: { accuracy: validation.accuracy, macroRecall: validation.macroRecall, n: images.validation },
    weightsSha256,
    results,
  }
}

if (import.meta.main) {
  for (const run of RUNS) {
    writeFileSync(at(`resources/results/${run}.json`), `${JSON.stringify(await resultOf(run), null, 2)}\n`)
  }
}
