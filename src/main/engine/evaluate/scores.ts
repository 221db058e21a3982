import type { Row } from './labels.ts'

/** Where a probability of 0 would give an infinite loss; as scikit-learn's `log_loss` does. */
const SMALLEST = Number.EPSILON

/** Mean negative log-likelihood of the true class, nats (the logarithmic score; Good 1952). */
export function negativeLogLikelihood(rows: Row[], truth: ArrayLike<number>): number {
  const losses = rows.map((row, i) => -Math.log(Math.max(SMALLEST, row[truth[i] as number] as number)))
  return average(losses)
}

/**
 * Mean of Σ_c (p_c − y_c)² over all classes, 0–2 (Brier 1950, "Verification of forecasts expressed in terms of
 * probability", in its first, multi-class form; twice the binary one for two classes).
 */
export function brierScore(rows: Row[], truth: ArrayLike<number>): number {
  return average(
    rows.map((row, i) => Array.from(row).reduce((total, p, c) => total + (p - (c === truth[i] ? 1 : 0)) ** 2, 0)),
  )
}

const average = (values: number[]): number => values.reduce((total, value) => total + value, 0) / values.length
