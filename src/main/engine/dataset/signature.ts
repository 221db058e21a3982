import { SIDE } from './fingerprint.ts'

/** Frequencies from 0 to this one, down and across, are kept. */
const FREQUENCIES = 8

/** Values of a signature: all pairs of those frequencies but (0, 0), which is the mean and always 0. */
export const SIGNATURE_SIZE = FREQUENCIES ** 2 - 1

/** `BASIS[u][x]`: orthonormal DCT-II (Ahmed, Natarajan and Rao 1974, “Discrete cosine transform”). */
const BASIS = Array.from({ length: FREQUENCIES }, (_, u) =>
  Float64Array.from(
    { length: SIDE },
    (_, x) => Math.cos((Math.PI * u * (2 * x + 1)) / (2 * SIDE)) * Math.sqrt((u === 0 ? 1 : 2) / SIDE),
  ),
)

/** Pairs (u, v) with u ≤ v, low frequencies first: they hold most of an image, so that a comparison can stop early. */
const ORDER = Array.from(
  { length: FREQUENCIES ** 2 },
  (_, i) => [Math.floor(i / FREQUENCIES), i % FREQUENCIES] as const,
)
  .filter(([u, v]) => u <= v && v > 0)
  .toSorted((a, b) => a[0] + a[1] - b[0] - b[1])

/**
 * A vector for `SIDE × SIDE` values that is the same for all eight turns of them, and whose distance is never more than
 * the distance of the values themselves, however either is turned. So pairs that differ in it need no closer look, and
 * none is lost.
 *
 * Mirroring changes the sign of some coefficients of the cosine transform and swapping rows and columns swaps c(u,v) with
 * c(v,u), so |c(u,v)| and |c(v,u)| in order of size are the same for all turns. The transform is orthonormal, so leaving
 * coefficients out makes distances smaller, and so do taking absolute values and sorting each pair (rearrangement
 * inequality).
 */
export function turnlessSignature(values: Float32Array): Float32Array {
  const coefficients = transform(values)
  const signature = new Float32Array(SIGNATURE_SIZE)
  let length = 0
  for (const [u, v] of ORDER) {
    const a = Math.abs(coefficients[u * FREQUENCIES + v] as number)
    const b = Math.abs(coefficients[v * FREQUENCIES + u] as number)
    signature[length++] = Math.max(a, b)
    if (u !== v) signature[length++] = Math.min(a, b)
  }
  return signature
}

function transform(values: Float32Array): Float64Array {
  const coefficients = new Float64Array(FREQUENCIES ** 2)
  for (let y = 0; y < SIDE; y++) {
    for (let v = 0; v < FREQUENCIES; v++) {
      const across = BASIS[v] as Float64Array
      let sum = 0
      for (let x = 0; x < SIDE; x++) sum += (values[y * SIDE + x] as number) * (across[x] as number)
      for (let u = 0; u < FREQUENCIES; u++) {
        const at = u * FREQUENCIES + v
        coefficients[at] = (coefficients[at] as number) + sum * (BASIS[u]?.[y] as number)
      }
    }
  }
  return coefficients
}
