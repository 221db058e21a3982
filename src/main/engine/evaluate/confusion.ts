import { mean, type Share, share } from './share.ts'

/** Row: true class, column: class that it was called. Counts, or sums of `weights`. */
export type Confusion = number[][]

export function confusionMatrix(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
  weights?: ArrayLike<number>,
): Confusion {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  for (let i = 0; i < truth.length; i++) {
    const row = counts[truth[i] as number] as number[]
    const column = predicted[i] as number
    row[column] = (row[column] as number) + (weights ? (weights[i] as number) : 1)
  }
  return counts
}

/** How often class `c` was rightly and wrongly called, and rightly and wrongly not. */
function outcomes(counts: Confusion, c: number) {
  const row = counts[c] as number[]
  const right = row[c] as number
  const images = sum(row)
  const called = sum(counts.map((other) => other[c] as number))
  const all = sum(counts.flat())
  return { right, images, called, trueNegative: all - images - called + right, others: all - images }
}

export interface Rates {
  accuracy: Share
  recall: Share[]
  precision: Share[]
  specificity: Share[]
  f1: Share[]
  macroRecall: Share
  macroPrecision: Share
  macroSpecificity: Share
  macroF1: Share
}

/**
 * Per class, taken as that class against all others (Sokolova & Lapalme 2009, "A systematic analysis of performance
 * measures for classification tasks"): recall (sensitivity) TP/(TP+FN), precision TP/(TP+FP), specificity TN/(TN+FP),
 * F1 2TP/(2TP+FP+FN). Macro: their mean. Null where the class has no images (precision: or was never called; specificity:
 * where all images are of the class), and such classes do not count in the mean.
 */
export function rates(counts: Confusion): Rates {
  const classes = counts.map((_, c) => outcomes(counts, c))
  const recall = classes.map(({ right, images }) => share(right, images))
  const precision = classes.map(({ right, called, images }) => (images > 0 ? share(right, called) : null))
  const specificity = classes.map(({ trueNegative, others }) => share(trueNegative, others))
  const f1 = classes.map(({ right, called, images }) => (images > 0 ? share(2 * right, called + images) : null))
  return {
    accuracy: share(sum(classes.map(({ right }) => right)), sum(counts.flat())),
    recall,
    precision,
    specificity,
    f1,
    macroRecall: mean(recall),
    macroPrecision: mean(precision),
    macroSpecificity: mean(specificity),
    macroF1: mean(f1),
  }
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)
