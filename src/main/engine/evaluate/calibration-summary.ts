import { calibrationError, equalWidthBins } from '../../../shared/calibration-error.ts'
import type { Calibrated } from '../../../shared/evaluation.ts'
import { calledClass, type Row } from './labels.ts'
import { equalCountBins } from './reliability.ts'
import { brierScore, negativeLogLikelihood } from './scores.ts'

/** How far probabilities can be believed. */
export function calibrationSummary(rows: Row[], truth: number[]): Calibrated {
  const called = rows.map(calledClass)
  const confidences = rows.map((row, i) => row[called[i] as number] as number)
  const right = called.map((label, i) => label === truth[i])
  const reliability = equalWidthBins(confidences, right)
  return {
    ece: calibrationError(reliability),
    eceAdaptive: calibrationError(equalCountBins(confidences, right)),
    nll: negativeLogLikelihood(rows, truth),
    brier: brierScore(rows, truth),
    reliability,
  }
}
