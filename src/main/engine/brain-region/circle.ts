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
  let sums: Float64Array = Float64Array.from(cost.subarray(0, steps))
  for (let t = 1; t < total; t++) {
    const row = (t % directions) * steps
    const own = cost.subarray(row, row + steps)
    sums = onwards(sums, own, bend, from.subarray(t * steps, (t + 1) * steps))
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

/** The cheapest sums one direction on; where each came from is left in `from`, as a difference. */
function onwards(sums: Float64Array, own: Float32Array, bend: number, from: Int8Array): Float64Array {
  return sums.map((_, s) => {
    let [best, by] = [Number.POSITIVE_INFINITY, 0]
    for (let k = Math.max(-MOST, -s); k <= Math.min(MOST, sums.length - 1 - s); k++) {
      const sum = (sums[s + k] as number) + bend * Math.abs(k)
      if (sum >= best) continue
      best = sum
      by = k
    }
    from[s] = by
    return best + (own[s] as number)
  })
}
