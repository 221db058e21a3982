import type { Sweep } from './ranking.ts'
import type { Share } from './share.ts'

/**
 * Area under the ROC curve: the probability that a positive image scores higher than a negative one, ties counting half
 * (the Mann–Whitney statistic; Hanley & McNeil 1982, Radiology 143:29). Null without images on both sides.
 */
export function areaUnderRoc({ truePositives, falsePositives, positives, negatives }: Sweep): Share {
  if (positives === 0 || negatives === 0) return null
  let wins = 0
  let [rightBefore, wrongBefore] = [0, 0]
  for (let run = 0; run < truePositives.length; run++) {
    const right = truePositives[run] as number
    const wrong = falsePositives[run] as number
    wins += (wrong - wrongBefore) * (rightBefore + (right - rightBefore) / 2)
    rightBefore = right
    wrongBefore = wrong
  }
  return wins / (positives * negatives)
}

/**
 * Area under the precision–recall curve as average precision, Σ (Rᵢ − Rᵢ₋₁) Pᵢ, without interpolation (Davis & Goadrich
 * 2006 on why not to draw lines between points; scikit-learn's `average_precision_score`). Null without images on both sides: among positives alone any order is perfect.
 */
export function averagePrecision({ truePositives, falsePositives, positives, negatives }: Sweep): Share {
  if (positives === 0 || negatives === 0) return null
  let area = 0
  let before = 0
  for (let run = 0; run < truePositives.length; run++) {
    const right = truePositives[run] as number
    if (right > before) area += ((right - before) * right) / (right + (falsePositives[run] as number))
    before = right
  }
  return area / positives
}
