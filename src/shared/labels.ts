import { decimals, type Language, language } from './language.ts'

/** The four things that the model can say, in the order of its output vector. */
export const LABELS = ['glioma', 'meningioma', 'notumor', 'pituitary'] as const
export type Label = (typeof LABELS)[number]

/** A probability in [0, 1] for each label; the four sum to 1 (to rounding). */
export type Confidences = Record<Label, number>

/** What a reader sees for each label. */
export const LABEL_NAMES: Record<Label, string> = {
  glioma: 'Glioma',
  meningioma: 'Meningioma',
  notumor: 'No tumour',
  pituitary: 'Pituitary tumour',
}

/** What stands on a list for a case with a result: its label, or that the model does not judge the image. */
export const CALLED = [...LABELS, 'unjudged'] as const
export type Called = (typeof CALLED)[number]

export const CALLED_NAMES: Record<Called, string> = { ...LABEL_NAMES, unjudged: 'Not judged' }

/** What a reader who disagrees can say instead: a label, or something that the model does not know. */
export const VERDICT_LABELS = [...LABELS, 'other'] as const
export type VerdictLabel = (typeof VERDICT_LABELS)[number]

export const VERDICT_LABEL_NAMES: Record<VerdictLabel, string> = { ...LABEL_NAMES, other: 'Something else' }

/**
 * What a scan is called: “no tumour” only where that is more probable than all tumours together, else the most probable
 * tumour. The largest of four numbers would do for both at once, and would call 0.45 against 0.30 + 0.25 “no tumour”
 * although a tumour is more probable. The earlier label in `LABELS` wins a tie.
 */
export function calledLabel(confidences: Confidences): Label {
  // The four sum to 1.
  if (confidences.notumor > 0.5) return 'notumor'
  const tumours = LABELS.filter((label) => label !== 'notumor')
  return tumours.reduce((best, label) => (confidences[label] > confidences[best] ? label : best))
}

/** All labels as they are listed: what the scan is called, then the others by falling probability. */
export const calledFirst = (called: Label, confidences: Confidences): Label[] => [
  called,
  ...LABELS.filter((label) => label !== called).sort((a, b) => confidences[b] - confidences[a]),
]

/** Stands on every screen and in every export and result. */
export const BANNER = 'Decision aid only — not a diagnosis'

/** A probability with two digits, in the page's language or another one; never “1.00” or “0.00” for what is neither. */
export function formatConfidence(confidence: number, of: Language = language()): string {
  const text = confidence.toFixed(2)
  if (text === '1.00' && confidence < 1) return decimals('>0.99', of)
  if (text === '0.00' && confidence > 0) return decimals('<0.01', of)
  return decimals(text, of)
}
