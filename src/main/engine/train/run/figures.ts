import type { EpochPart } from '../../../../shared/training.ts'
import { softmax } from '../../infer/softmax.ts'
import { measure, topClasses } from '../metrics.ts'
import type { TrainingSet } from '../training-set.ts'

/** Smallest probability whose logarithm is taken. */
const FLOOR = 1e-7

/**
 * Figures from logits, one row an image: the mean loss of all images (of the summed probability of the labels that may
 * be right), accuracy and recall of those whose label is known.
 *
 * @param targets of each image: 1 for each label that may be right
 */
export function figuresOf(targets: ArrayLike<number>[], rows: ArrayLike<number>[]): EpochPart {
  const losses = rows.map((row, i) => {
    const right = softmax(row).reduce((sum, p, c) => sum + p * (targets[i]?.[c] as number), 0)
    return -Math.log(Math.max(right, FLOOR))
  })
  const loss = losses.reduce((sum, one) => sum + one, 0) / losses.length
  return { loss, ...agreement(targets, topClasses(rows)) }
}

/** Accuracy and recall of the images whose label is known. */
export function agreement(targets: ArrayLike<number>[], called: number[]): Omit<EpochPart, 'loss'> {
  const truth = targets.map((of) => labelOf(Array.from(of)))
  const known = [...targets.keys()].filter((i) => truth[i] !== null)
  const { accuracy, macroRecall, recall } = measure(
    known.map((i) => called[i] as number),
    known.map((i) => truth[i] as number),
    targets[0]?.length ?? 0,
  )
  return { accuracy, macroRecall, recall: recall.map((value) => (Number.isNaN(value) ? null : value)) }
}

/** Targets of the images at the given places. */
export const targetsAt = ({ targets, classes }: TrainingSet, places: number[]) =>
  places.map((place) => targets.subarray(place * classes, (place + 1) * classes))

/** The class, where only one may be right. */
function labelOf(targets: number[]): number | null {
  return targets.reduce((sum, target) => sum + target, 0) === 1 ? targets.indexOf(1) : null
}
