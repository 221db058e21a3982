import type { Stability } from '../../../shared/monitoring.ts'

/** 95 % quantiles of χ² for 1 to 9 degrees of freedom. */
const CHI_SQUARE = [3.841, 5.991, 7.815, 9.488, 11.07, 12.592, 14.067, 15.507, 16.919]

/**
 * Population stability index of a distribution against the one that is expected, both as shares that sum to 1 and are
 * above 0: Σ (a − e) ln(a / e) (N. Siddiqi, “Credit Risk Scorecards”, 2006, who takes up to 0.1 for no change and from
 * 0.25 on for a changed population). It is the divergence of Jeffreys (1946), ≥ 0.
 */
export const stabilityIndex = (expected: number[], actual: number[]): number =>
  expected.reduce((sum, e, i) => sum + ((actual[i] as number) - e) * Math.log((actual[i] as number) / e), 0)

/**
 * The index of counts in the same bins. Half a case is added to each bin that either has, so that an empty one has a
 * logarithm. `chance`: where nothing changed, PSI / (1/n + 1/m) follows χ² with one degree of freedom less than there
 * are bins (B. Yurdakul, “Statistical properties of population stability index”, Western Michigan University, 2018);
 * its 95 % quantile.
 *
 * @returns null where either is empty
 */
export function stabilityOf(baseline: number[], counts: number[]): Stability | null {
  const used = baseline.flatMap((n, i) => (n + (counts[i] ?? 0) > 0 ? [i] : []))
  const of = (all: number[]) => used.map((i) => all[i] ?? 0)
  const [n, m] = [sum(baseline), sum(counts)]
  if (n === 0 || m === 0) return null
  const psi = stabilityIndex(smoothed(of(baseline)), smoothed(of(counts)))
  const chance = (CHI_SQUARE[used.length - 2] ?? 0) * (1 / n + 1 / m)
  return { psi: Math.max(0, psi), chance, n: m }
}

const smoothed = (counts: number[]) => counts.map((n) => (n + 0.5) / (sum(counts) + 0.5 * counts.length))
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
