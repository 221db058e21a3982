import { largestEigen } from './eigen.ts'

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
  const covariance = covarianceOf(rows, mean, width)
  const count = Math.floor(Math.min(most, width / 2, rows.length / IMAGES_A_COMPONENT))
  const { values, vectors } = largestEigen(covariance, width, count)
  const total = Array.from({ length: width }, (_, i) => covariance[i * width + i] as number).reduce((a, b) => a + b, 0)
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

/** `width × width` */
function covarianceOf(rows: Float32Array[], mean: Float64Array, width: number): Float64Array {
  const sums = new Float64Array(width * width)
  for (const row of rows) {
    const apart = Float64Array.from(row, (value, i) => value - (mean[i] as number))
    for (let i = 0; i < width; i++) {
      const value = apart[i] as number
      for (let j = i, at = i * width + i; j < width; j++, at++)
        sums[at] = (sums[at] as number) + value * (apart[j] as number)
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
