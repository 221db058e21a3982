import { GyrusError } from './errors.ts'
import { LABEL_NAMES, LABELS, type Label } from './labels.ts'

/** Fewer images of a class than this teach a network nothing about it. */
const MIN_PER_CLASS = 10

/** Reasons not to train on a set with so many images of each class; it can be looked at and imported all the same. */
export function trainingProblems(perClass: Record<Label, { images: number }>): GyrusError[] {
  const present = LABELS.filter((label) => perClass[label].images > 0)
  if (present.length === 1 && present[0]) {
    return [new GyrusError('dataset-one-class', { label: LABEL_NAMES[present[0]] })]
  }
  return LABELS.flatMap((label) => problemOf(label, perClass[label].images))
}

function problemOf(label: Label, n: number): GyrusError[] {
  if (n >= MIN_PER_CLASS) return []
  const details = { label: LABEL_NAMES[label], n, minimum: MIN_PER_CLASS }
  return [new GyrusError(n === 0 ? 'dataset-class-empty' : 'dataset-class-small', details)]
}
