import { rank } from './ranking.ts'

/** `risks[k − 1]`: share of errors among the k most confident images. */
export interface RiskCoverage {
  risks: Float64Array
  /** Area under the curve: the mean of `risks`. */
  aurc: number
}

/**
 * What is gained by leaving the least confident images to the reader (El-Yaniv & Wiener 2010, "On the foundations of
 * noise-free selective classification"; AURC as in Geifman et al. 2019). Among images of equal confidence the expected
 * errors of a random order are taken.
 */
export function riskCoverage(confidences: number[], right: boolean[]): RiskCoverage {
  const { order, ends } = rank(confidences)
  const risks = new Float64Array(confidences.length)
  let [first, errors] = [0, 0]
  for (const end of ends) {
    const inRun = order.subarray(first, end).filter((image) => !right[image]).length
    for (let k = first + 1; k <= end; k++) risks[k - 1] = (errors + (inRun * (k - first)) / (end - first)) / k
    errors += inRun
    first = end
  }
  return { risks, aurc: risks.reduce((total, risk) => total + risk, 0) / risks.length }
}

/** Share of errors among the most confident `coverage` (0–1, rounded up to whole images) of the images. */
export function riskAt({ risks }: RiskCoverage, coverage: number): number {
  const k = Math.max(1, Math.ceil(coverage * risks.length - 1e-9))
  return risks[k - 1] as number
}
