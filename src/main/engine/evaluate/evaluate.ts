import type { Evaluation } from '../../../shared/evaluation.ts'
import type { Listed } from '../../../shared/tumour-evaluation.ts'
import { bootstrap } from './bootstrap.ts'
import { calibrationSummary } from './calibration-summary.ts'
import { classSummary, exactClassIntervals } from './class-summary.ts'
import { classFigures, classImages } from './classes.ts'
import { clusters } from './clusters.ts'
import { conformalSummary } from './conformal-summary.ts'
import { thin } from './curves.ts'
import { calibrations, conformalSets, type Fold, pool } from './folds.ts'
import { NO_TUMOUR, type Row } from './labels.ts'
import { listed, mostConfidentFirst } from './listed.ts'
import { DEFAULTS, type EvaluateOptions } from './options.ts'
import { checkProbabilities, checkTruth, type Predictions } from './predictions.ts'
import { riskAt, riskCoverage } from './risk-coverage.ts'
import { evaluateTumour } from './tumour.ts'

/**
 * Everything that is measured of a model on images that it never saw. One fold for one model; the folds of a
 * cross-validation are pooled, each with its own calibration. Intervals draw groups where the predictions name them,
 * else images. Throws a `RangeError` where the predictions do not fit together.
 */
export function evaluate(folds: Fold<Predictions>[], options: Partial<EvaluateOptions> = {}): Evaluation {
  const chosen = { ...DEFAULTS, ...options }
  for (const { predictions } of folds) checkTruth(predictions.ids, predictions.truth)
  const truth = folds.flatMap(({ predictions }) => predictions.truth)
  const tumour = evaluateTumour(folds.map(asTumourFold), chosen, truth)
  const all = pool(folds)
  const images = classImages(truth, all.probabilities)
  const classes = classSummary(images)
  const drawn = clusters(truth.length, all.groups)
  const intervals = bootstrap(drawn, (weights) => classFigures(images, weights), chosen.bootstrap)
  const right = images.called.map((label, i) => label === truth[i])
  return {
    ...tumour,
    ...classes,
    ...calibrationSummary(all.probabilities, truth),
    beforeTemperature: beforeTemperature(folds, truth),
    temperatures: calibrations(folds)?.map(({ temperature }) => temperature) ?? null,
    riskCoverage: selective(all.probabilities, right, chosen.coverages),
    conformal: conformalSummary(folds, chosen.alpha),
    worstErrors: errors(folds, truth, right, chosen),
    intervals: { ...tumour.intervals, ...intervals },
    exactIntervals: { ...tumour.exactIntervals, ...exactClassIntervals(classes.confusion.counts) },
  }
}

function asTumourFold({ predictions, calibration }: Fold<Predictions>) {
  return { predictions: { ...predictions, tumour: predictions.truth.map((label) => label !== NO_TUMOUR) }, calibration }
}

function beforeTemperature(folds: Fold<Predictions>[], truth: number[]): Evaluation['beforeTemperature'] {
  const rows: Row[] = []
  for (const { predictions } of folds) {
    if (!predictions.uncalibrated) return null
    checkProbabilities(predictions.ids, predictions.uncalibrated)
    rows.push(...predictions.uncalibrated)
  }
  return calibrationSummary(rows, truth)
}

/** The error when the images of which the model is least sure are left to the reader. */
function selective(rows: Row[], right: boolean[], coverages: number[]): Evaluation['riskCoverage'] {
  const curve = riskCoverage(
    rows.map((row) => Math.max(...Array.from(row))),
    right,
  )
  const points = Array.from(curve.risks, (risk, i): [number, number] => [(i + 1) / curve.risks.length, risk])
  return {
    aurc: curve.aurc,
    atCoverage: coverages.map((coverage) => ({ coverage, error: riskAt(curve, coverage) })),
    points: thin(points),
  }
}

/** The errors of which the model was most sure. */
function errors(folds: Fold<Predictions>[], truth: number[], right: boolean[], options: EvaluateOptions): Listed[] {
  const all = pool(folds)
  const sets = conformalSets(folds, options.alpha)?.sets ?? null
  return all.ids
    .flatMap((_, i) => (right[i] ? [] : [listed(all, i, truth[i] as number, sets)]))
    .sort(mostConfidentFirst)
    .slice(0, options.worst)
}
