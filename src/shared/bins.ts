/** Counts of so many bins at most: ten classes, as is usual. */
export const MOST_BINS = 10

/** Where ten bins of as many values each begin, those that begin at the same value as one. The first bin is open. */
export function decileCuts(values: number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b)
  const cuts = Array.from({ length: MOST_BINS - 1 }, (_, i) => {
    return sorted[Math.floor(((i + 1) * sorted.length) / MOST_BINS)] as number
  })
  return [...new Set(cuts)].filter((cut) => cut > (sorted[0] as number))
}

/** The bin that a value is in: bin i begins at cut i − 1, which is in it. */
export const binOf = (cuts: readonly number[], value: number): number => cuts.filter((cut) => cut <= value).length

/** How many values are in each bin. */
export function countIn(cuts: readonly number[], values: readonly number[]): number[] {
  const counts = new Array<number>(cuts.length + 1).fill(0)
  for (const value of values) raise(counts, binOf(cuts, value))
  return counts
}

export function raise(counts: number[], i: number): void {
  counts[i] = (counts[i] ?? 0) + 1
}
