/** How well predictions agree with the truth. Shares are 0–1. */
export interface Metrics {
  /** Images. */
  n: number
  accuracy: number
  /** Mean of the classes' recalls; classes without images do not count. */
  macroRecall: number
  /** Share of each class that was called so; NaN for a class without images. */
  recall: number[]
}

/** The class with the largest score in each row; the first of several equal ones. */
export function topClasses(scores: ArrayLike<number>[]): number[] {
  return scores.map((row) => Array.from(row).reduce((best, score, c) => (score > (row[best] as number) ? c : best), 0))
}

/** Compares predicted with true classes, `0 … classes − 1`. */
export function measure(predicted: number[], truth: number[], classes: number): Metrics {
  const total = new Array<number>(classes).fill(0)
  const right = new Array<number>(classes).fill(0)
  truth.forEach((label, i) => {
    total[label] = (total[label] as number) + 1
    if (predicted[i] === label) right[label] = (right[label] as number) + 1
  })
  const recall = right.map((count, c) => count / (total[c] as number))
  const present = recall.filter((value) => !Number.isNaN(value))
  return {
    n: truth.length,
    accuracy: right.reduce((sum, count) => sum + count, 0) / truth.length,
    macroRecall: present.reduce((sum, value) => sum + value, 0) / present.length,
    recall,
  }
}
