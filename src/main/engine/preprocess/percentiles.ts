/** How often each stored value occurs: 256 bins for 8-bit data, 65,536 for 16-bit. */
export function histogram(data: Uint8Array | Uint16Array): Uint32Array {
  const counts = new Uint32Array(data instanceof Uint16Array ? 65536 : 256)
  for (let i = 0; i < data.length; i++) counts[data[i] as number] = (counts[data[i] as number] as number) + 1
  return counts
}

/**
 * The given percentile (0–100) of counted values, by nearest rank: the smallest value that at least that share of all
 * values does not exceed; 0 gives the smallest value that occurs.
 */
export function percentile(counts: Uint32Array, percent: number): number {
  // A loop: `reduce` takes twenty times as long, and there are 65,536 of them.
  let total = 0
  for (let value = 0; value < counts.length; value++) total += counts[value] as number
  const rank = Math.max(1, Math.ceil((percent / 100) * total))
  let seen = 0
  for (let value = 0; value < counts.length; value++) {
    seen += counts[value] as number
    if (seen >= rank) return value
  }
  return counts.length - 1
}

/** Each value replaced by the table's entry for it, written to `out`. A loop, because `from` with a function is slow. */
export function lookUp<T extends Uint8Array | Float32Array>(data: Uint8Array | Uint16Array, table: T, out: T): T {
  for (let i = 0; i < data.length; i++) out[i] = table[data[i] as number] as number
  return out
}
