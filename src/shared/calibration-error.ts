/** Images of like confidence. */
export interface ReliabilityBin {
  n: number
  /** Mean confidence, 0–1. */
  confidence: number
  /** Share of them that is right. */
  accuracy: number
}

/** Bins of the expected calibration error. */
export const BINS = 15

/**
 * `bins` of equal width, closed on the right (Guo et al. 2017, "On calibration of modern neural networks"); those
 * without images are left out.
 */
export function equalWidthBins(confidences: number[], right: boolean[], bins = BINS): ReliabilityBin[] {
  return fillBins(confidences, right, (i) => equalWidthBin(confidences[i] as number, bins))
}

/** The bin that a confidence is in, from 0. */
export const equalWidthBin = (confidence: number, bins = BINS): number => Math.max(0, Math.ceil(confidence * bins) - 1)

/** What is in each bin, in their order. */
export function fillBins(confidences: number[], right: boolean[], binOf: (i: number) => number): ReliabilityBin[] {
  const sums = new Map<number, { n: number; confidence: number; right: number }>()
  confidences.forEach((confidence, i) => {
    const bin = binOf(i)
    const sum = sums.get(bin) ?? { n: 0, confidence: 0, right: 0 }
    sums.set(bin, { n: sum.n + 1, confidence: sum.confidence + confidence, right: sum.right + (right[i] ? 1 : 0) })
  })
  return [...sums.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, sum]) => ({ n: sum.n, confidence: sum.confidence / sum.n, accuracy: sum.right / sum.n }))
}

/**
 * Expected calibration error of the called class: Σ (n_b / n) |accuracy_b − confidence_b| (Naeini et al. 2015; Guo et
 * al. 2017). Biased upwards where bins are small.
 */
export function calibrationError(bins: ReliabilityBin[]): number {
  const n = bins.reduce((total, bin) => total + bin.n, 0)
  return bins.reduce((total, bin) => total + (bin.n / n) * Math.abs(bin.accuracy - bin.confidence), 0)
}
