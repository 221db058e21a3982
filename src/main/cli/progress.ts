const REDRAW_MS = 100
/** Rates measured over less than this would jump about, ms. */
const MIN_MEASURED_MS = 500

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
    const pace = paceOf(done, this.#total, Date.now() - this.#start, this.#unit)
    process.stderr.write(`\r${this.#stage}${done} of ${this.#total}${pace}\x1b[K`)
  }

  /** Takes the counter away, so that a line can be printed in its place. */
  clear(): void {
    if (!this.#drawn) return
    this.#drawn = false
    process.stderr.write('\r\x1b[2K')
  }
}

/** How fast it goes and how long still; nothing before there is enough to tell it by, or where little was done. */
export function paceOf(done: number, total: number, elapsedMs: number, unit: string): string {
  if (done === 0 || elapsedMs < MIN_MEASURED_MS) return ''
  const rate = (1000 * done) / elapsedMs
  const shown = rate < 10 ? rate.toFixed(1) : rate.toFixed(0)
  return `  ${shown} ${unit}/s  ${Math.ceil((total - done) / rate)} s left`
}
