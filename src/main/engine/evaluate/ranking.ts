/** Images in falling order of score, cut into runs of equal scores. Made once, swept often. */
export interface Ranking {
  order: Uint32Array
  /** Where each run ends in `order`, exclusive. */
  ends: Uint32Array
  /** The score of each run. */
  thresholds: Float64Array
}

export function rank(scores: ArrayLike<number>): Ranking {
  const score = (i: number) => scores[i] as number
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => score(b) - score(a))
  const ends = order
    .map((image, i) => (i + 1 < order.length && score(order[i + 1] as number) === score(image) ? 0 : i + 1))
    .filter((end) => end > 0)
  return { order, ends, thresholds: Float64Array.from(ends, (end) => score(order[end - 1] as number)) }
}

/** How many images score at least `thresholds[i]`, of those that are positive and those that are not. */
export interface Sweep {
  thresholds: Float64Array
  truePositives: Float64Array
  falsePositives: Float64Array
  positives: number
  negatives: number
}

/** Lowers the threshold through all scores. Equal scores pass it together, so the order of images does not matter. */
export function sweep(
  { order, ends, thresholds }: Ranking,
  positive: ArrayLike<number | boolean>,
  weights?: ArrayLike<number>,
): Sweep {
  const truePositives = new Float64Array(ends.length)
  const falsePositives = new Float64Array(ends.length)
  let [positives, negatives, at] = [0, 0, 0]
  for (let run = 0; run < ends.length; run++) {
    for (; at < (ends[run] as number); at++) {
      const image = order[at] as number
      const weight = weights ? (weights[image] as number) : 1
      if (positive[image]) positives += weight
      else negatives += weight
    }
    truePositives[run] = positives
    falsePositives[run] = negatives
  }
  return { thresholds, truePositives, falsePositives, positives, negatives }
}
