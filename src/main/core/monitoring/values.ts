import { LABELS } from '../../../shared/labels.ts'
import type { DriftOf } from '../../../shared/monitoring.ts'
import type { JudgedAnswer } from '../../store/types.ts'

/** What is held against other answers, as a number; null where it is not known of this one. Labels are numbered. */
export function valueIn(answer: JudgedAnswer, what: DriftOf): number | null {
  const { label, confidences, side, statistics, distance } = answer
  if (what === 'confidence') return confidences[label]
  if (what === 'labels') return LABELS.indexOf(label)
  if (what === 'size') return side
  if (what === 'distance') return distance
  return statistics?.[what] ?? null
}
