import type { Row } from './labels.ts'

/**
 * Class-conditional (Mondrian) split conformal prediction (Vovk et al. 2005, "Algorithmic learning in a random world",
 * section 4.5; Sadinle et al. 2019, "Least ambiguous set-valued classifiers"). The score of an image is 1 − p(true class).
 * A class's limit is the ⌈(n + 1)(1 − α)⌉-th smallest score of its n calibration images. With fewer than 1/α − 1 of them
 * it is 1: the class is in every set. For images that are exchangeable with the calibration images, the set holds the true
 * class in at least 1 − α of each class.
 */
export function conformalLimits(rows: Row[], truth: ArrayLike<number>, classes: number, alpha: number): number[] {
  return Array.from({ length: classes }, (_, c) => {
    const scores = Float64Array.from(
      rows.filter((_, i) => truth[i] === c),
      (row) => 1 - (row[c] as number),
    ).sort()
    return scores[Math.ceil((scores.length + 1) * (1 - alpha) - 1e-9) - 1] ?? 1
  })
}

/** The classes whose score is within their limit: none at all for an image like none that was seen. */
export function conformalSet(row: Row, limits: number[]): number[] {
  return limits.flatMap((limit, c) => (1 - (row[c] as number) <= limit ? [c] : []))
}
