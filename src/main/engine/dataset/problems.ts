import { GyrusError } from '../../../shared/errors.ts'
import { LABEL_NAMES, LABELS } from '../../../shared/labels.ts'
import type { LabelledImage } from './types.ts'

/** Fewer images of a class than this teach a network nothing about it. */
const MIN_PER_CLASS = 10

/** Reasons not to train on these (readable) images; an audit works on any set. */
export function trainingProblems(images: LabelledImage[]): GyrusError[] {
  const counts = LABELS.map((label) => ({ label, n: images.filter((image) => image.label === label).length }))
  const present = counts.filter(({ n }) => n > 0)
  if (present.length === 1)
    return [new GyrusError('dataset-one-class', { label: LABEL_NAMES[present[0]?.label ?? 'notumor'] })]
  return counts
    .filter(({ n }) => n < MIN_PER_CLASS)
    .map(({ label, n }) =>
      n === 0
        ? new GyrusError('dataset-class-empty', { label: LABEL_NAMES[label] })
        : new GyrusError('dataset-class-small', { label: LABEL_NAMES[label], n, minimum: MIN_PER_CLASS }),
    )
}
