/**
 * Fast Fourier transform, in place (J. Cooley and J. Tukey, Math. Comput. 19, 1965): radix 2, decimation in time.
 *
 * @param re of a length that is a power of 2, with `im` as its imaginary part
 */
export function transform(re: Float64Array, im: Float64Array): void {
  const n = re.length
  const { cos, sin } = turnsOf(n)
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j ^= bit
    if (i >= j) continue
    swap(re, i, j)
    swap(im, i, j)
  }
  for (let length = 2; length <= n; length <<= 1) {
    const half = length >> 1
    for (let k = 0; k < half; k++) {
      const turn = (k * n) / length
      const c = cos[turn] as number
      const s = sin[turn] as number
      // No pairs here: taking them apart again costs many times the arithmetic.
      for (let at = k; at < n; at += length) {
        const a = re[at + half] as number
        const b = im[at + half] as number
        const x = a * c - b * s
        const y = a * s + b * c
        re[at + half] = (re[at] as number) - x
        im[at + half] = (im[at] as number) - y
        re[at] = (re[at] as number) + x
        im[at] = (im[at] as number) + y
      }
    }
  }
}

const turns = new Map<number, { cos: Float64Array; sin: Float64Array }>()

/** Of the half circle, clockwise; kept, because every row and column needs them. */
function turnsOf(n: number) {
  const known = turns.get(n)
  if (known) return known
  const angles = Float64Array.from({ length: n / 2 }, (_, k) => (-2 * Math.PI * k) / n)
  const made = { cos: angles.map(Math.cos), sin: angles.map(Math.sin) }
  turns.set(n, made)
  return made
}

function swap(values: Float64Array, i: number, j: number): void {
  const held = values[i] as number
  values[i] = values[j] as number
  values[j] = held
}
