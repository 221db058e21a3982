import { type Confidences, LABELS } from './labels.ts'

/** Lies after every result in the order by calm: a file that has none, or none yet. */
export const NO_RESULT = 2

/** Lies between results and files without one: a result that is kept from the reader until their impression. */
export const KEPT = 1.5

/**
 * How much a result needs a reader's eyes, 0–1: a tumour is likely, or the model is unsure.
 *
 *     attention = 1 − (1 − t)(1 − u)
 *
 * t = 1 − p(no tumour) is the tumour probability, u = −Σ p ln p / ln 4 the entropy of the four confidences as a share of
 * the greatest that there can be. A sure tumour has 1, a sure “no tumour” 0, four equal confidences 1.
 */
export const attentionOf = (confidences: Confidences): number => 1 - calmOf(confidences)

/** `1 − attention`: the record sorts by it upwards, so that the first rows are those to look at first. */
export function calmOf(confidences: Confidences): number {
  return clamp(confidences.notumor) * (1 - uncertaintyOf(confidences))
}

function uncertaintyOf(confidences: Confidences): number {
  const terms = LABELS.map((label) => confidences[label]).map((p) => (p > 0 ? -p * Math.log(p) : 0))
  return clamp(terms.reduce((sum, term) => sum + term, 0) / Math.log(LABELS.length))
}

/** Confidences sum to 1 but for rounding. */
const clamp = (share: number) => Math.min(1, Math.max(0, share))
