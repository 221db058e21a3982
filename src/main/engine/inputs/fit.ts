import { dot, largestEigen, type Multiply } from './eigen.ts'

/** Components at most: 64 of 1280 numbers in half precision are 160 kB, and a distance is done in a twentieth of a millisecond. */
const COMPONENTS = 64
/** Of a share of the images: the variance along more components would be that of the very images, not of their kind. */
const IMAGES_A_COMPONENT = 4
const SMALLEST = 1e-12

/** A normal distribution of feature vectors; see `featuresSchema`. */
export interface FeatureModel {
  width: number
  mean: Float32Array
  variances: number[]
  /** `variances.length × width` */
  components: Float32Array
  rest: number
  explained: number
}

/**
 * Fits the distribution: mean, the largest principal components of the covariance, and the mean of the variances in all
 * other directions (B. Moghaddam and A. Pentland, “Probabilistic visual learning for object representation”, IEEE Trans.
 * Pattern Anal. Mach. Intell. 19, 1997; the maximum-likelihood probabilistic PCA of M. Tipping and C. Bishop, J. R. Stat.
 * Soc. B 61, 1999).
 *
 * @param rows one image’s features each, all of the same width; at least one
 * @param most components at most
 */
export function fitFeatures(rows: Float32Array[], most = COMPONENTS): FeatureModel {
  const width = rows[0]?.length ?? 0
  const mean = meanOf(rows, width)
  const count = Math.floor(Math.min(most, width / 2, rows.length / IMAGES_A_COMPONENT))
  // Of few images the matrix itself, which is as large for three as for thousands, is never written out.
  const covariance = 2 * rows.length < width ? asFactors(rows, mean) : asMatrix(rows, mean)
  const { values, vectors } = largestEigen(covariance, width, count)
  const total = rows.reduce((sum, row) => sum + squared(apart(row, mean)), 0) / rows.length
  const variances = Array.from(values, (value) => Math.max(SMALLEST, value))
  const along = values.reduce((sum, value) => sum + value, 0)
  return {
    width,
    mean: Float32Array.from(mean),
    variances,
    components: Float32Array.from(vectors),
    rest: Math.max(SMALLEST, (total - along) / (width - count)),
    explained: total > 0 ? Math.min(1, along / total) : 0,
  }
}

function meanOf(rows: Float32Array[], width: number): Float64Array {
  const mean = new Float64Array(width)
  for (const row of rows) for (let i = 0; i < width; i++) mean[i] = (mean[i] as number) + (row[i] as number)
  return mean.map((sum) => sum / rows.length)
}

const apart = (row: Float32Array, mean: Float64Array) =>
  Float64Array.from(mean, (value, i) => (row[i] as number) - value)
const squared = (vector: Float64Array) => dot(vector, vector, vector.length)

/** Rows, times the rows turned, over their number. */
function asFactors(rows: Float32Array[], mean: Float64Array): Multiply {
  const width = mean.length
  const centred = rows.map((row) => apart(row, mean))
  return (vectors, count) => {
    const product = new Float64Array(count * width)
    for (let v = 0; v < count; v++) {
      const [of, to] = [vectors, product].map((all) => all.subarray(v * width, (v + 1) * width)) as [
        Float64Array,
        Float64Array,
      ]
      for (const row of centred) {
        const along = dot(row, of, width) / rows.length
        for (let i = 0; i < width; i++) to[i] = (to[i] as number) + along * (row[i] as number)
      }
    }
    return product
  }
}

/** Symmetric, so that its rows are its columns. */
function asMatrix(rows: Float32Array[], mean: Float64Array): Multiply {
  const width = mean.length
  const matrix = covarianceOf(rows, mean)
  return (vectors, count) => {
    const product = new Float64Array(count * width)
    for (let row = 0; row < width; row++) {
      const of = matrix.subarray(row * width, (row + 1) * width)
      for (let v = 0; v < count; v++)
        product[v * width + row] = dot(of, vectors.subarray(v * width, (v + 1) * width), width)
    }
    return product
  }
}

/** `width × width` */
function covarianceOf(rows: Float32Array[], mean: Float64Array): Float64Array {
  const width = mean.length
  const sums = new Float64Array(width * width)
  for (const row of rows) {
    const centred = apart(row, mean)
    for (let i = 0; i < width; i++) {
      const value = centred[i] as number
      for (let j = i, at = i * width + i; j < width; j++, at++)
        sums[at] = (sums[at] as number) + value * (centred[j] as number)
    }
  }
  for (let i = 0; i < width; i++)
    for (let j = i; j < width; j++) {
      const value = (sums[i * width + j] as number) / rows.length
      sums[i * width + j] = value
      sums[j * width + i] = value
    }
  return sums
}
