/**
 * Writes `resources/evaluations/<id>.json`: all that was measured of the models that ship, and of the trainings whose
 * weights do not, as the screens show it. Figures of models are those of their reports in docs/runs; what was said of each
 * image is computed from the predictions there, and has to give the same confusion. A test holds files and runs together.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { serve } from '../../src/main/engine/evaluate/calibrate.ts'
import { evaluate } from '../../src/main/engine/evaluate/evaluate.ts'
import type { Fold } from '../../src/main/engine/evaluate/folds.ts'
import type { Predictions } from '../../src/main/engine/evaluate/predictions.ts'
import { readRows } from '../../src/main/engine/evaluate/read-rows.ts'
import { poolRuns } from '../../src/main/engine/evaluate-set/pool-runs.ts'
import { readRuns } from '../../src/main/engine/evaluate-set/read-predictions.ts'
import type { ReadColumn } from '../../src/shared/evaluate-set.ts'
import type { Column, EvaluationReport } from '../../src/shared/evaluation-report.ts'
import { type KeptEvaluation, keptEvaluationSchema, type ReadRow } from '../../src/shared/kept-evaluation.ts'
import { LABELS } from '../../src/shared/labels.ts'
import { measuredOf } from '../../src/shared/measured.ts'
import { manifestSchema } from '../../src/shared/model.ts'
import type { RunPredictions } from '../../src/shared/predictions.ts'
import { type RUNS, resultOf } from './results.ts'

/** Of a model that ships: its report, what it said of the public test images, and the runs of its cross-validation. */
const MODELS = {
  'efl0-2': { report: 'efl0-2/report.json', test: 'efl0-2/a-all', folds: 'efl0-2/a-f' },
  'efl0-head-1': { report: 'head/report.json', test: 'head/efl0-head-1', folds: 'head/f' },
} as const
export const EVALUATED = ['cnn-9', 'cnn-24', 'efl0-2', 'efl0-head-1'] as const
const FOLDS = [0, 1, 2, 3, 4]
const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const read = (path: string): unknown => JSON.parse(readFileSync(at(path), 'utf8'))
const predictions = (run: string) => at(`docs/runs/${run}/predictions.json`)

/** Test images of the public set without a near-copy among its training images (public-split.ts). */
const withoutCopies = new Set(
  (read('docs/runs/public-split.json') as { withoutNearCopies: string[] }).withoutNearCopies,
)

export async function evaluationOf(id: (typeof EVALUATED)[number]): Promise<KeptEvaluation> {
  const about = { format: 1, model: id, at: null, by: null, set: null } as const
  const measured = id === 'cnn-9' || id === 'cnn-24' ? await ofTraining(id) : await ofModel(id)
  return rounded(keptEvaluationSchema.parse({ ...about, ...measured }))
}

/** One training on the public set, measured on its test images, with and without those that have a near-copy. */
async function ofTraining(
  id: (typeof RUNS)[number],
): Promise<Omit<KeptEvaluation, 'format' | 'model' | 'at' | 'by' | 'set'>> {
  const [file] = await readRuns([predictions(`cnn/${id}`)])
  const { weightsSha256, results } = await resultOf(id)
  const [result] = results
  const [fold] = file ? poolRuns([file.run]).testFolds : []
  if (!file || !result || !fold) throw new Error(`${id} has no test images`)
  const source = {
    ...{ dataSha256: file.run.dataSha256, date: file.run.date, model: `run ${id}`, weightsSha256: [weightsSha256] },
    comparison: null,
  }
  const parts = [
    { kind: 'as-is', title: 'Test split as it is', ...told(result), fold },
    {
      kind: 'without-copies',
      title: 'Test split without near-copies',
      data: 'brain-tumor-mri/Testing, without images that have a near-copy in Training',
      splitRule: `${result.splitRule}; near-copies taken out`,
      fold: without(fold),
    },
  ] as const
  const columns = parts.map(({ title, data, splitRule, fold }): Column => {
    const { rows } = fold.calibration?.validation ?? {}
    const limitsBy = rows
      ? `${rows.ids.length} validation images of its own training, which chose its epoch and temperature as well`
      : 'none: it has no validation images'
    return { ...source, title, data, splitRule, seenInTraining: 'none', limitsBy, evaluation: evaluate([fold]) }
  })
  const report = { title: id, date: source.date, columns, tumourColumns: [], shortcuts: null, notes: [] }
  const images = parts.map(({ kind, fold }): ReadColumn => ({ kind, images: readRows([fold]) }))
  return { weightsSha256, ...measuredOf({ report, read: images }) }
}

const told = ({ data, splitRule }: { data: string; splitRule: string }) => ({ data, splitRule })

function without({ predictions, calibration }: Fold<Predictions>): Fold<Predictions> {
  const kept = predictions.ids.flatMap((id, i) => (withoutCopies.has(id) ? [i] : []))
  const only = <T>(all: T[]) => kept.map((i) => all[i] as T)
  const { ids, truth, probabilities, uncalibrated, groups } = predictions
  return {
    calibration,
    predictions: {
      ...{ ids: only(ids), truth: only(truth), probabilities: only(probabilities) },
      ...{ uncalibrated: uncalibrated && only(uncalibrated), groups: groups && only(groups) },
    },
  }
}

/** A model as its report tells it, with what was said of each image. */
async function ofModel(
  id: keyof typeof MODELS,
): Promise<Omit<KeptEvaluation, 'format' | 'model' | 'at' | 'by' | 'set'>> {
  const { report: path, test, folds } = MODELS[id]
  const report = read(`docs/runs/${path}`) as EvaluationReport
  const { weights, temperature } = manifestSchema.parse(read(`resources/models/${id}/model.json`))
  const [served] = await readRuns([predictions(test)])
  if (!served) throw new Error(`${id} was not asked`)
  const all = readRows([asServed(served.run, temperature)])
  const held = await readRuns(FOLDS.map((k) => predictions(`${folds}${k}`)))
  const pooled = poolRuns(held.map(({ run }) => run))
  const rows: ReadColumn[] = [
    { kind: 'as-is', images: all },
    { kind: 'without-copies', images: all.filter(([file]) => withoutCopies.has(file)) },
    { kind: 'patients-apart', images: readRows(pooled.folds) },
    { kind: 'patients-apart', images: readRows(pooled.testFolds) },
  ]
  report.columns.forEach(({ title, evaluation }, i) => {
    const same = JSON.stringify(confusionOf(rows[i]?.images ?? [])) === JSON.stringify(evaluation.confusion.counts)
    if (!same) throw new Error(`${id}: the images of “${title}” are not those of its report`)
  })
  return { weightsSha256: weights.sha256, ...measuredOf({ report, read: rows }) }
}

/** What a model that serves with this temperature says of the test images that it was asked about. */
function asServed({ images }: RunPredictions, temperature: number): Fold<Predictions> {
  const testing = images.filter(({ part }) => part === 'testing')
  const rows = {
    split: 'test',
    ids: testing.map(({ file }) => file),
    truth: testing.map(({ label }) => LABELS.indexOf(label ?? 'notumor')),
    logits: testing.map(({ logits }) => logits),
  } as const
  return { predictions: serve(rows, temperature) }
}

function confusionOf(rows: ReadRow[]): number[][] {
  const counts = LABELS.map(() => LABELS.map(() => 0))
  for (const [, truth, called] of rows) {
    const row = counts[truth ?? 0] as number[]
    row[called] = (row[called] as number) + 1
  }
  return counts
}

/** To six digits, as far as they are not counts: more than any screen shows. */
const rounded = <T>(value: T): T =>
  JSON.parse(
    JSON.stringify(value, (_, one: unknown) =>
      typeof one === 'number' && !Number.isInteger(one) ? Number(one.toPrecision(6)) : one,
    ),
  ) as T

if (import.meta.main) {
  mkdirSync(at('resources/evaluations'), { recursive: true })
  for (const id of EVALUATED) {
    writeFileSync(at(`resources/evaluations/${id}.json`), `${JSON.stringify(await evaluationOf(id))}\n`)
  }
}
