import type { Aim, Figure } from './contract.ts'

/** @param sorted from the smallest on */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(inOrder(values), 0.5)
export const inOrder = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b)

/** Times of so many rounds, ms, in order. */
export async function timesOf(rounds: number, work: () => unknown): Promise<number[]> {
  const taken: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now()
    await work()
    taken.push(performance.now() - start)
  }
  return inOrder(taken)
}

/** Median and 95th percentile of times in ms. */
export function spread(times: readonly number[], aim: { p50?: Aim; p95?: Aim } = {}): Figure[] {
  const sorted = inOrder(times)
  return [
    { of: 'p50', value: times.length ? quantile(sorted, 0.5) : null, unit: 'ms', aim: aim.p50 },
    { of: 'p95', value: times.length ? quantile(sorted, 0.95) : null, unit: 'ms', aim: aim.p95 },
  ]
}

/** How long it takes, ms, and what comes of it. */
export async function timed<T>(work: () => Promise<T> | T): Promise<[ms: number, result: T]> {
  const start = performance.now()
  const result = await work()
  return [performance.now() - start, result]
}
