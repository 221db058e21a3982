/**
 * Clopper–Pearson interval of a share `hits / n` (Clopper & Pearson 1934, Biometrika 26:404). Takes the images as
 * independent, but unlike the bootstrap it does not collapse at none or all: 0 of 300 gives 0–1.2 %.
 */
export function exactInterval(hits: number, n: number, level = 0.95): [number, number] | null {
  if (n === 0) return null
  const tail = (1 - level) / 2
  const low = hits === 0 ? 0 : crossing((p) => 1 - atMost(hits - 1, n, p) > tail)
  const high = hits === n ? 1 : crossing((p) => atMost(hits, n, p) < tail)
  return [low, high]
}

/** Where `beyond` turns from false to true between 0 and 1. */
function crossing(beyond: (p: number) => boolean): number {
  let [low, high] = [0, 1]
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2
    if (beyond(middle)) high = middle
    else low = middle
  }
  return (low + high) / 2
}

/** P(X ≤ k) for X binomial with `n` trials of probability 0 < `p` < 1; by logarithms, so that no power underflows. */
export function atMost(k: number, n: number, p: number): number {
  const odds = Math.log(p / (1 - p))
  let logarithm = n * Math.log1p(-p)
  let sum = 0
  for (let i = 0; i <= k; i++) {
    sum += Math.exp(logarithm)
    logarithm += Math.log((n - i) / (i + 1)) + odds
  }
  return Math.min(1, sum)
}
