import { histogram, percentile } from '../../preprocess/percentiles.ts'
import type { DisplayWindow } from '../../types.ts'

/** Where a file names no window: 1st to 99th percentile of what is no padding. */
export function percentileWindow(
  data: Uint8Array | Uint16Array,
  within: ((i: number) => boolean) | undefined,
): DisplayWindow {
  const counted = within ? data.filter((_, i) => within(i)) : data
  const counts = histogram(counted.length > 0 ? counted : data)
  const low = percentile(counts, 1)
  return { low, high: Math.max(percentile(counts, 99), low + 1) }
}
