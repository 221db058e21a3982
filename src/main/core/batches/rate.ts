/** Rates measured over less than this would jump about, ms. */
const MIN_MEASURED_MS = 500

/** How fast a batch comes along, over the time since it was started or resumed. */
export class Rate {
  readonly #startedAt = performance.now()
  #analysed = 0
  #finished = 0

  /** @param analysed whether it went through the engine */
  count(analysed: boolean): void {
    this.#finished += 1
    if (analysed) this.#analysed += 1
  }

  get elapsedMs(): number {
    return performance.now() - this.#startedAt
  }

  /** `remaining`: files still to come, as far as is known. Null before there is enough to measure. */
  measure(remaining: number): { imagesPerSecond: number | null; secondsLeft: number | null } {
    const seconds = this.elapsedMs / 1000
    if (this.#finished === 0 || this.elapsedMs < MIN_MEASURED_MS) return { imagesPerSecond: null, secondsLeft: null }
    return { imagesPerSecond: this.#analysed / seconds, secondsLeft: (remaining * seconds) / this.#finished }
  }
}
