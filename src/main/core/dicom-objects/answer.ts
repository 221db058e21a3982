import { cautionsIn, NOT_JUDGED, reasonsIn, setInWords } from '../../../shared/input-gate.ts'
import { calledFirst, type Label } from '../../../shared/labels.ts'
import type { AiResult } from './types.ts'

/** Labels that objects tell with their probabilities, the called one first; none where the model does not judge the image. */
export const toldLabels = ({ label, confidences }: AiResult): Label[] =>
  label === null ? [] : calledFirst(label, confidences)

/** What must be said with the answer, or in its place: that there is none, why, and what cannot be ruled out. */
export function answerNotes({ label, gate, set, confidences, cautions }: AiResult): string[] {
  if (label === null) return [NOT_JUDGED, ...reasonsIn(gate)]
  const words = setInWords(set, confidences)
  const said = [...cautionsIn({ gate, set }), ...cautions]
  return [...said.map((caution) => `Caution: ${caution}`), ...(words ? [words] : [])]
}
