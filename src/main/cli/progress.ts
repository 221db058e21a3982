const REDRAW_MS = 100

/** A counter with rate and time left on stderr, when that is a terminal. */
export class Progress {
  #total: number
  readonly #stage: string
  readonly #unit: string
  readonly #start = Date.now()
  readonly #visible = process.stderr.isTTY === true
  #drawnAt = 0
  #drawn = false

  constructor(total: number, stage?: string, unit = 'images') {
    this.#total = total
    this.#unit = unit
    this.#stage = stage === undefined ? '' : `${stage}: `
  }

  /** @param total where more was found than was known at first */
  show(done: number, total = this.#total): void {
    this.#total = total
    if (!this.#visible || Date.now() - this.#drawnAt < REDRAW_MS) return
    this.#drawnAt = Date.now()
    this.#drawn = true
    const rate = done / Math.max(0.001, (Date.now() - this.#start) / 1000)
    const left = Math.ceil((this.#total - done) / Math.max(rate, 1e-3))
    process.stderr.write(
      `\r${this.#stage}${done} of ${this.#total}  ${rate.toFixed(0)} ${this.#unit}/s  ${left} s left\x1b[K`,
    )
  }

  /** Takes the counter away, so that a line can be printed in its place. */
  clear(): void {
    if (!this.#drawn) return
    this.#drawn = false
    process.stderr.write('\r\x1b[2K')
  }
}
