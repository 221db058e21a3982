/**
 * Probabilities from logits: `exp(zᵢ/T) / Σ exp(zⱼ/T)`, with T the temperature (Guo et al. 2017, "On calibration of
 * modern neural networks"); 1 leaves the softmax as it is. The largest logit is subtracted first, so nothing overflows.
 */
export function softmax(logits: ArrayLike<number>, temperature = 1): number[] {
  const scaled = Array.from(logits, (logit) => logit / temperature)
  const largest = Math.max(...scaled)
  const powers = scaled.map((logit) => Math.exp(logit - largest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}
