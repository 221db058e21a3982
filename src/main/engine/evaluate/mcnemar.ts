import { atMost } from '../../../shared/exact-interval.ts'

export interface McNemar {
  /** Images that only the first model has right. */
  onlyFirst: number
  onlySecond: number
  /** Two-sided. */
  p: number
}

/**
 * Exact test of whether two models are right equally often on the same images (McNemar 1947; exact by the binomial
 * distribution with ½, as in Agresti, "Categorical data analysis", section 11.1). Takes images as independent: with many
 * slices a patient, trust the clustered interval of the difference instead.
 */
export function mcnemar(first: boolean[], second: boolean[]): McNemar {
  const onlyFirst = first.filter((right, i) => right && !second[i]).length
  const onlySecond = second.filter((right, i) => right && !first[i]).length
  const n = onlyFirst + onlySecond
  return { onlyFirst, onlySecond, p: Math.min(1, 2 * atMost(Math.min(onlyFirst, onlySecond), n, 0.5)) }
}
