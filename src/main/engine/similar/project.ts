import type { SimilarFile } from '../../../shared/similar-file.ts'

/** What turns features into the few numbers that are compared: `count` rows of `width`. */
export interface Basis {
  width: number
  count: number
  mean: Float32Array
  rows: Float32Array
}

export const basisIn = ({ header, mean, rows }: SimilarFile): Basis => ({
  ...{ width: header.width, count: header.components, mean },
  rows: Float32Array.from(new Float16Array(new Uint8Array(rows).buffer)),
})

/**
 * Features in few numbers, between which distances are nearly those between the features: their principal components
 * (K. Pearson 1901), not scaled.
 *
 * @returns `count` half-precision numbers, little-endian
 */
export function projected({ width, count, mean, rows }: Basis, features: Float32Array): Uint8Array {
  const values = new Float16Array(count)
  for (let k = 0; k < count; k++) {
    let sum = 0
    for (let i = 0, at = k * width; i < width; i++, at++)
      sum += (rows[at] as number) * ((features[i] as number) - (mean[i] as number))
    values[k] = sum
  }
  return new Uint8Array(values.buffer)
}
