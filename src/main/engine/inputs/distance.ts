import type { FeatureModel } from './fit.ts'

/**
 * How far an image’s features are from those of the training images: Mahalanobis’s distance d (P. C. Mahalanobis 1936; for
 * networks’ features K. Lee et al., “A simple unified framework for detecting out-of-distribution samples and adversarial
 * attacks”, NeurIPS 2018, here with one distribution of all classes), with the covariance of `FeatureModel`:
 *
 * d² = Σᵢ (uᵢ·x)² / λᵢ + (|x|² − Σᵢ (uᵢ·x)²) / ρ, x the features less their mean, uᵢ and λᵢ the components and their
 * variances, ρ the variance in every other direction.
 *
 * @returns √(d² / width), so that its mean square over the training images is 1
 */
export function distanceTo({ width, mean, variances, components, rest }: FeatureModel, features: Float32Array): number {
  const apart = new Float32Array(width)
  let length = 0
  for (let i = 0; i < width; i++) {
    const value = (features[i] as number) - (mean[i] as number)
    apart[i] = value
    length += value * value
  }
  let [within, along] = [0, 0]
  for (const [k, variance] of variances.entries()) {
    let [even, odd] = [0, 0]
    const end = (k + 1) * width - 1
    let at = k * width
    let i = 0
    for (; at < end; at += 2, i += 2) {
      even += (components[at] as number) * (apart[i] as number)
      odd += (components[at + 1] as number) * (apart[i + 1] as number)
    }
    if (at === end) even += (components[at] as number) * (apart[i] as number)
    const part = (even + odd) ** 2
    within += part / variance
    along += part
  }
  return Math.sqrt((within + Math.max(0, length - along) / rest) / width)
}
