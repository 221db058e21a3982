import type { Today } from '../../../shared/sources.ts'

/** Counts of a day (UTC) from nothing on. */
export class TodayCounts {
  readonly #now: () => number
  #day = ''
  #counts: Today = { received: 0, known: 0, refused: 0 }

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  get counts(): Today {
    this.#turn()
    return { ...this.#counts }
  }

  add(what: keyof Today): void {
    this.#turn()
    this.#counts[what] += 1
  }

  #turn(): void {
    const day = new Date(this.#now()).toISOString().slice(0, 10)
    if (day === this.#day) return
    this.#day = day
    this.#counts = { received: 0, known: 0, refused: 0 }
  }
}
