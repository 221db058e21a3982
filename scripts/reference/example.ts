import { createHash } from 'node:crypto'
import { BOOTSTRAP, type BootstrapOptions } from '../../src/main/engine/evaluate/bootstrap.ts'
import { serve } from '../../src/main/engine/evaluate/calibrate.ts'
import { compare } from '../../src/main/engine/evaluate/compare.ts'
import { evaluate } from '../../src/main/engine/evaluate/evaluate.ts'
import { evaluateTumour } from '../../src/main/engine/evaluate/tumour.ts'
import type { Column, EvaluationReport, TumourColumn } from '../../src/shared/evaluation-report.ts'
import { exampleShortcuts } from './example-shortcuts.ts'
import { simulate, simulatedCalibration } from './simulate.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

const SOURCE = { date: '2026-11-24', model: 'simulated-0', weightsSha256: [sha256('weights')] }

/** A report of simulated models: every part of it is there, no number means anything. */
export function exampleReport(bootstrap: BootstrapOptions = BOOTSTRAP): EvaluationReport {
  return {
    title: 'Evaluation of a simulated model',
    date: '2026-11-24',
    notes: ['Simulated: these numbers say nothing about any model. They show what a report looks like.'],
    columns: [
      column('Public split as it is', 'simulated, first', 'at random', [fold(1, 1311, 7)], bootstrap),
      column(
        'Without near-duplicates',
        'simulated, second',
        'near-duplicate groups kept together',
        [fold(2, 354, 6)],
        bootstrap,
      ),
      column(
        'Patient-disjoint',
        'simulated, third',
        'five folds by patient',
        [3, 4, 5, 6, 7].map((seed) => fold(seed, 400, 5, 8)),
        bootstrap,
      ),
    ],
    tumourColumns: [tumourColumn(bootstrap)],
    shortcuts: exampleShortcuts(bootstrap),
  }
}

/** `perGroup` images a patient; 0: no patients are known. */
function fold(seed: number, n: number, lift: number, perGroup = 0) {
  const calibration = simulatedCalibration(800, 100 + seed, lift)
  const rows = simulate('test', n, seed, lift)
  const groups = perGroup > 0 ? rows.ids.map((_, i) => `patient ${seed}.${Math.floor(i / perGroup)}`) : undefined
  const worse = serve(simulate('test', n, seed, lift - 1), 1)
  return { predictions: serve({ ...rows, groups }, calibration.temperature), calibration, worse }
}

function column(
  title: string,
  data: string,
  splitRule: string,
  folds: ReturnType<typeof fold>[],
  bootstrap: BootstrapOptions,
): Column {
  const [only, ...others] = folds
  const result = only && others.length === 0 ? compare(only.worse, only.predictions, bootstrap) : null
  return {
    ...SOURCE,
    ...{ title, data, splitRule, dataSha256: sha256(data) },
    weightsSha256: folds.map((_, i) => sha256(`weights ${i}`)),
    evaluation: evaluate(folds, { bootstrap }),
    comparison: result && { model: 'simulated-worse', weightsSha256: [sha256('worse')], result },
  }
}

/** Tumours of unknown kind, as in other sequences. */
function tumourColumn(bootstrap: BootstrapOptions): TumourColumn {
  const { predictions, calibration } = fold(8, 155, 2, 4)
  const tumours = { ...predictions, tumour: predictions.ids.map(() => true) }
  return {
    ...SOURCE,
    ...{ title: 'Other sequences', data: 'simulated, fourth', splitRule: 'by group', dataSha256: null },
    evaluation: evaluateTumour([{ predictions: tumours, calibration }], { bootstrap }),
  }
}
