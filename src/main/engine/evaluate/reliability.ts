import { BINS, fillBins, type ReliabilityBin } from '../../../shared/calibration-error.ts'
import { rank } from './ranking.ts'

/**
 * `bins` of as many images each (Nguyen & O'Connor 2015, "Posterior calibration and exploratory analysis"): bin
 * ⌊rank · bins / n⌋ by rising confidence. Equal confidences stay together, at their first rank.
 */
export function equalCountBins(confidences: number[], right: boolean[], bins = BINS): ReliabilityBin[] {
  const n = confidences.length
  const binOf = new Uint32Array(n)
  const { order, ends } = rank(confidences.map((confidence) => -confidence))
  let first = 0
  for (const end of ends) {
    for (const image of order.subarray(first, end)) binOf[image] = Math.floor((first * bins) / n)
    first = end
  }
  return fillBins(confidences, right, (i) => binOf[i] as number)
}
