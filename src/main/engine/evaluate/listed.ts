import type { Listed } from '../../../shared/tumour-evaluation.ts'
import { byLabel, calledClass, labelAt, type Row } from './labels.ts'
import type { Scored } from './predictions.ts'

/** Image `i` as it stands in a list. */
export function listed(
  { ids, probabilities }: Scored,
  i: number,
  truth: number | null,
  sets: number[][] | null,
): Listed {
  const row = probabilities[i] as Row
  const predicted = calledClass(row)
  return {
    id: ids[i] as string,
    truth: truth === null ? null : labelAt(truth),
    predicted: labelAt(predicted),
    confidence: row[predicted] as number,
    probabilities: byLabel((c) => row[c] as number),
    set: sets ? (sets[i] as number[]).map(labelAt) : null,
  }
}

/** The most confident first; by id where they are alike. */
export const mostConfidentFirst = (a: Listed, b: Listed): number =>
  b.confidence - a.confidence || (a.id < b.id ? -1 : 1)
