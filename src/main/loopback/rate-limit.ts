/** Counts requests by who makes them, in windows of time that begin anew for all at once. */
export class RateLimit {
  readonly #windowMs: number
  readonly #counts = new Map<string, number>()
  #since = Number.NEGATIVE_INFINITY

  constructor(windowMs: number) {
    this.#windowMs = windowMs
  }

  /**
   * Counts one more request.
   *
   * @param most of them in a window
   * @param now of a clock that nobody sets, ms
   * @returns whether it is not too many
   */
  take(who: string, most: number, now = performance.now()): boolean {
    if (now - this.#since >= this.#windowMs) {
      this.#since = now
      this.#counts.clear()
    }
    const count = (this.#counts.get(who) ?? 0) + 1
    this.#counts.set(who, count)
    return count <= most
  }
}
