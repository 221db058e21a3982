import { random } from '../../../shared/random.ts'

/** What training draws, from a seed: the same seed gives the same training. */
export class Random {
  /** Uniform in [0, 1). */
  readonly next: () => number

  constructor(seed: number) {
    this.next = random(seed)
  }

  uniform(low: number, high: number): number {
    return low + (high - low) * this.next()
  }

  /** Uniform in the logarithm, so that halving is as likely as doubling. */
  logUniform(low: number, high: number): number {
    return Math.exp(this.uniform(Math.log(low), Math.log(high)))
  }

  /** Integer in [0, end). */
  integer(end: number): number {
    return Math.floor(this.next() * end)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** The same items in an order of its own (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items]
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = this.integer(i + 1)
      ;[shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T]
    }
    return shuffled
  }
}
