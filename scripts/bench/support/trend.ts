/** What a sampled value does over time. */
export interface Trend {
  /** Per unit of `at`. */
  slope: number
  /** Slope times the time from the first sample to the last. */
  growth: number
}

/**
 * A line through samples by Theil and Sen: the median of the slopes between every two of them, which single peaks (a training
 * that begins, a collector that is late) do not bend.
 *
 * @param samples at least two, from the earliest on; null where there are fewer
 */
export function trendOf(samples: readonly { at: number; value: number }[]): Trend | null {
  const slopes: number[] = []
  for (const [i, a] of samples.entries()) {
    for (const b of samples.slice(i + 1)) if (b.at > a.at) slopes.push((b.value - a.value) / (b.at - a.at))
  }
  if (slopes.length === 0) return null
  slopes.sort((a, b) => a - b)
  const slope = slopes[Math.floor(slopes.length / 2)] as number
  return { slope, growth: slope * ((samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0)) }
}
