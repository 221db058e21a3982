/** Most steps from one direction to the next. */
const MOST = 2

/**
 * The cheapest closed way around: one step for each direction, neighbours at most two apart (dynamic programming; it is
 * closed by going around twice and keeping the middle).
 *
 * @param cost `directions × steps`
 * @param bend what a step out or in from one direction to the next costs
 */
export function cheapestCircle(cost: Float32Array, directions: number, steps: number, bend: number): Int32Array {
  const total = 2 * directions
  const from = new Int8Array(total * steps)
  let [sums, next] = [Float64Array.from(cost.subarray(0, steps)), new Float64Array(steps)]
  for (let t = 1; t < total; t++) {
    const row = (t % directions) * steps
    onwards(sums, next, cost.subarray(row, row + steps), bend, from.subarray(t * steps, (t + 1) * steps))
    ;[sums, next] = [next, sums]
  }
  const way = new Int32Array(total)
  let step = sums.indexOf(Math.min(...sums))
  for (let t = total - 1; t >= 0; t--) {
    way[t] = step
    step += from[t * steps + step] as number
  }
  const half = Math.floor(directions / 2)
  return Int32Array.from({ length: directions }, (_, d) => way[d < half ? d + directions : d] as number)
}

/** The cheapest sums one direction on, into `next`; where each came from is left in `from`, as a difference. */
function onwards(sums: Float64Array, next: Float64Array, own: Float32Array, bend: number, from: Int8Array): void {
  for (let s = 0; s < sums.length; s++) {
    let [best, by] = [Number.POSITIVE_INFINITY, 0]
    for (let k = Math.max(-MOST, -s); k <= Math.min(MOST, sums.length - 1 - s); k++) {
      const sum = (sums[s + k] as number) + bend * Math.abs(k)
      if (sum >= best) continue
      best = sum
      by = k
    }
    from[s] = by
    next[s] = best + (own[s] as number)
  }
}
