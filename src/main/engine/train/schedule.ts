/** How fast training learns. */
export interface Schedule {
  kind: 'constant' | 'cosine'
  /** Learning rate after the warm-up. */
  rate: number
  /** Steps over which the rate grows from 0. */
  warmUp: number
}

/** Learning rate at a step; the cosine ends at 0 with the last one (Loshchilov and Hutter 2017, without restarts). */
export function rateAt({ kind, rate, warmUp }: Schedule, step: number, steps: number): number {
  if (step < warmUp) return (rate * (step + 1)) / warmUp
  if (kind === 'constant') return rate
  const done = (step - warmUp) / Math.max(1, steps - warmUp)
  return (rate * (1 + Math.cos(Math.PI * done))) / 2
}
