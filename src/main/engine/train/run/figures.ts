import type { EpochPart } from '../../../../shared/training.ts'
import { softmax } from '../../infer/softmax.ts'
import { measure, topClasses } from '../metrics.ts'
import type { TrainingSet } from '../training-set.ts'

/** Smallest probability whose logarithm is taken. */
const FLOOR = 1e-7

/**
 * Figures from logits, `images × classes`: the loss of all images (of the summed probability of the labels that may be
 * right), accuracy and recall of those whose label is known.
 */
export function figuresOf(set: TrainingSet, places: number[], logits: Float32Array): EpochPart {
  const rows = places.map((_, i) => logits.subarray(i * set.classes, (i + 1) * set.classes))
  const losses = rows.map((row, i) => {
    const targets = targetsOf(set, places[i] as number)
    const right = softmax(row).reduce((sum, p, c) => sum + p * (targets[c] as number), 0)
    return -Math.log(Math.max(right, FLOOR))
  })
  const loss = losses.reduce((sum, one) => sum + one, 0) / losses.length
  return { loss, ...agreement(set, places, topClasses(rows)) }
}

/** Accuracy and recall of the images whose label is known. */
export function agreement(set: TrainingSet, places: number[], called: number[]): Omit<EpochPart, 'loss'> {
  const truth = places.map((place) => labelOf(targetsOf(set, place)))
  const known = [...places.keys()].filter((i) => truth[i] !== null)
  const { accuracy, macroRecall, recall } = measure(
    known.map((i) => called[i] as number),
    known.map((i) => truth[i] as number),
    set.classes,
  )
  return { accuracy, macroRecall, recall: recall.map((value) => (Number.isNaN(value) ? null : value)) }
}

const targetsOf = ({ targets, classes }: TrainingSet, place: number) =>
  targets.subarray(place * classes, (place + 1) * classes)

/** The class, where only one may be right. */
function labelOf(targets: Float32Array): number | null {
  return targets.reduce((sum, target) => sum + target, 0) === 1 ? targets.indexOf(1) : null
}
