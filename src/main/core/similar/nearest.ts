/** Numbers compared before a vector is given up that is already too far. */
const BLOCK = 16

export interface Near {
  /** Which vector. */
  at: number
  /** Squared. */
  square: number
}

/**
 * The nearest of many vectors by Euclid’s distance, nearest first: every one is looked at, so that none is missed; a vector
 * is left as soon as it is farther than the ones that were found.
 *
 * @param vectors `n × width`, one after the other
 */
export function nearest(vectors: Float32Array, n: number, query: Float32Array, most: number): Near[] {
  const width = query.length
  const found: Near[] = []
  let limit = Number.POSITIVE_INFINITY
  for (let at = 0, from = 0; at < n; at++, from += width) {
    let square = 0
    for (let i = 0; i < width && square < limit; i += BLOCK) {
      const end = Math.min(i + BLOCK, width)
      for (let k = i; k < end; k++) {
        const apart = (vectors[from + k] as number) - (query[k] as number)
        square += apart * apart
      }
    }
    if (!(square < limit)) continue
    place(found, { at, square }, most)
    if (found.length === most) limit = (found[most - 1] as Near).square
  }
  return found
}

function place(found: Near[], near: Near, most: number): void {
  let to = found.length
  while (to > 0 && (found[to - 1] as Near).square > near.square) to--
  found.splice(to, 0, near)
  if (found.length > most) found.pop()
}

/** Half-precision numbers, little-endian, as the record keeps them. */
export const numbersOf = (values: Uint8Array): Float32Array =>
  Float32Array.from(new Float16Array(new Uint8Array(values).buffer))
