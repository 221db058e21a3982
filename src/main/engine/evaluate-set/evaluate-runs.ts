import { GyrusError } from '../../../shared/errors.ts'
import type { Evaluated } from '../../../shared/evaluate-set.ts'
import type { EvaluationReport, Source } from '../../../shared/evaluation-report.ts'
import { evaluate } from '../evaluate/evaluate.ts'
import { readRows } from '../evaluate/read-rows.ts'
import { reportHtml } from '../evaluate/report/index.ts'
import { evaluateTumour } from '../evaluate/tumour.ts'
import { keptApart } from './kept-apart.ts'
import { type PooledRuns, poolRuns } from './pool-runs.ts'
import { type RunFile, readRuns } from './read-predictions.ts'

/**
 * What the runs of a cross-validation, taken together, said about images that took no part in their training.
 *
 * @throws GyrusError errors of `readRuns`; `predictions-invalid` where no image with a known class was held out
 */
export async function evaluateRuns({ files, html }: { files: string[]; html: boolean }): Promise<Evaluated> {
  const runs = await readRuns(files)
  const pooled = poolRuns(runs.map(({ run }) => run))
  const source = sourceOf(runs, pooled)
  const apart = keptApart(runs) ? 'patients-apart' : 'other'
  const columns = [
    { title: 'Held-out images', kind: apart, folds: pooled.folds },
    // Where something was held out, its patients’ test images were as well; else they are the set’s own test side.
    {
      title: 'Test images of the held-out',
      kind: pooled.folds.length > 0 ? apart : 'as-is',
      folds: pooled.testFolds,
    },
  ] as const
  const told = columns.filter(({ folds }) => folds.length > 0)
  if (told.length === 0)
    throw new GyrusError('predictions-invalid', {
      file: files.join(', '),
      reason: 'no image with a known class was held out',
    })
  const report: EvaluationReport = {
    title: `Evaluation of ${source.model}`,
    date: new Date().toISOString().slice(0, 10),
    columns: told.map(({ title, folds }) => ({ ...source, title, evaluation: evaluate(folds), comparison: null })),
    tumourColumns:
      pooled.tumourFolds.length > 0
        ? [{ ...source, title: 'Tumours of unknown type', evaluation: evaluateTumour(pooled.tumourFolds) }]
        : [],
    shortcuts: null,
    notes: notesOf(runs, pooled),
  }
  const read = told.map(({ kind, folds }) => ({ kind, images: readRows(folds) }))
  return { report, read, main: 0, html: html ? reportHtml(report) : null, unreadable: [] }
}

const BY = {
  'other folds': 'the images of the other trainings',
  'own validation': 'each training’s own validation images',
} as const

function sourceOf(runs: RunFile[], pooled: PooledRuns): Omit<Source, 'title'> {
  const names = runs.map(({ run }) => run.run)
  const dates = runs.map(({ run }) => run.date).sort()
  const { dataSha256 } = (runs[0] as RunFile).run
  const { calibratedBy } = pooled
  const limited = withoutLimits(pooled) === 0
  return {
    data: `images that ${runs.length === 1 ? 'the training' : `${runs.length} trainings of a cross-validation`} did not learn from`,
    dataSha256: /^[0-9a-f]{64}$/.test(dataSha256) ? dataSha256 : null,
    splitRule: `not used to train nor to choose the epoch; temperature and limits come from ${BY[calibratedBy]}`,
    seenInTraining: 'none',
    limitsBy: limited ? `for each training, ${BY[calibratedBy]}` : 'none: a run has no validation images',
    date: dates.at(-1) as string,
    model: `${names.length === 1 ? 'run' : 'runs'} ${names.join(', ')}`,
    weightsSha256: [],
  }
}

const withoutLimits = ({ folds, testFolds, tumourFolds }: PooledRuns): number =>
  [...folds, ...testFolds, ...tumourFolds].filter(({ calibration }) => !calibration).length

function notesOf(runs: RunFile[], pooled: PooledRuns): string[] {
  const notes: string[] = []
  if (withoutLimits(pooled) > 0)
    notes.push('A run has no validation images: thresholds and conformal sets, which need them of all, are not told.')
  if (runs.some(({ run }) => run.images.some(({ part, group }) => part !== 'validation' && group === null)))
    notes.push('Of some held-out images no patient or group is known: intervals draw them one by one.')
  return notes
}
