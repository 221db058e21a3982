/** Of sorted values, linear between neighbours (Hyndman & Fan 1996, type 7, as NumPy does). */
export const quantile = (sorted: ArrayLike<number>, q: number): number =>
  quantileBy(sorted.length, (place) => sorted[place] as number, q)

/** The same of `n` values, of which `at` tells the one at a place from 0. */
export function quantileBy(n: number, at: (place: number) => number, q: number): number {
  const position = q * (n - 1)
  const below = Math.floor(position)
  const low = at(below)
  const high = at(Math.min(below + 1, n - 1))
  return low + (position - below) * (high - low)
}
