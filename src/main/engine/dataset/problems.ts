import type { GyrusError } from '../../../shared/errors.ts'
import { trainingProblems as problemsOf } from '../../../shared/training-problems.ts'
import { countPerClass } from './counts.ts'
import type { LabelledImage } from './types.ts'

/** Reasons not to train on these (readable) images; an audit works on any set. */
export function trainingProblems(images: LabelledImage[]): GyrusError[] {
  return problemsOf(countPerClass(images))
}
