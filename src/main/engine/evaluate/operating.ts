import type { Sweep } from './ranking.ts'

/**
 * A point of the ROC curve (Fawcett 2006, "An introduction to ROC analysis"): what a threshold gives; images that score at
 * least it are called positive.
 */
export interface OperatingPoint {
  /** Null: nothing is called positive. */
  threshold: number | null
  sensitivity: number
  specificity: number
}

/** Guards `1 − 0.95` and its like against rounding. */
const EPSILON = 1e-9

/** The point with the most sensitivity among those of at least `wanted` specificity. Null without images on both sides. */
export function atSpecificity(swept: Sweep, wanted: number): OperatingPoint | null {
  const { falsePositives, negatives } = swept
  const allowed = (1 - wanted) * negatives + EPSILON
  let last = -1
  while (last + 1 < falsePositives.length && (falsePositives[last + 1] as number) <= allowed) last++
  return pointAt(swept, last)
}

/** The point with the most specificity among those of at least `wanted` sensitivity. Null without images on both sides. */
export function atSensitivity(swept: Sweep, wanted: number): OperatingPoint | null {
  const needed = wanted * swept.positives - EPSILON
  return pointAt(
    swept,
    swept.truePositives.findIndex((right) => right >= needed),
  )
}

function pointAt(swept: Sweep, run: number): OperatingPoint | null {
  const { thresholds, truePositives, falsePositives, positives, negatives } = swept
  if (positives === 0 || negatives === 0) return null
  if (run < 0) return { threshold: null, sensitivity: 0, specificity: 1 }
  return {
    threshold: thresholds[run] as number,
    sensitivity: (truePositives[run] as number) / positives,
    specificity: 1 - (falsePositives[run] as number) / negatives,
  }
}
