/**
 * The value at a place of a list in ascending order (0 the smallest), without sorting all of it: C. A. R. Hoare's
 * “Algorithm 65: Find”, CACM 4, 1961. Reorders the list: what comes before the place is no larger, what comes after no
 * smaller. No NaN.
 *
 * @param place 0 to `values.length − 1`
 */
export function valueAt(values: Float32Array, place: number): number {
  let [from, to] = [0, values.length - 1]
  while (from < to) {
    const pivot = values[(from + to) >> 1] as number
    let [i, j] = [from, to]
    while (i <= j) {
      while ((values[i] as number) < pivot) i++
      while ((values[j] as number) > pivot) j--
      if (i > j) break
      const held = values[i] as number
      values[i++] = values[j] as number
      values[j--] = held
    }
    if (place <= j) to = j
    else if (place >= i) from = i
    else break
  }
  return values[place] as number
}
