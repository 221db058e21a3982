import { softmax } from '../infer/softmax.ts'

/** Mean negative log-likelihood of the true classes, in nats. */
export function negativeLogLikelihood(logits: ArrayLike<number>[], labels: number[], temperature: number): number {
  const sum = logits.reduce(
    (total, row, i) => total - Math.log(softmax(row, temperature)[labels[i] as number] as number),
    0,
  )
  return sum / logits.length
}

/**
 * The temperature that minimises the negative log-likelihood (Guo et al. 2017), between 0.05 and 20, to one part in a
 * thousand. Found by golden-section search over its logarithm, in which the likelihood has one minimum.
 * Use logits of images that the network was not trained on.
 */
export function fitTemperature(logits: ArrayLike<number>[], labels: number[]): number {
  const ratio = (Math.sqrt(5) - 1) / 2
  const loss = (logarithm: number) => negativeLogLikelihood(logits, labels, Math.exp(logarithm))
  let low = Math.log(0.05)
  let high = Math.log(20)
  let left = high - ratio * (high - low)
  let right = low + ratio * (high - low)
  let [lossLeft, lossRight] = [loss(left), loss(right)]
  while (high - low > 1e-3) {
    if (lossLeft < lossRight) {
      high = right
      ;[right, lossRight] = [left, lossLeft]
      left = high - ratio * (high - low)
      lossLeft = loss(left)
    } else {
      low = left
      ;[left, lossLeft] = [right, lossRight]
      right = low + ratio * (high - low)
      lossRight = loss(right)
    }
  }
  return Math.exp((low + high) / 2)
}
