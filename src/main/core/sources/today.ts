import type { Passed } from '../../../shared/source-rule.ts'
import type { Today } from '../../../shared/sources.ts'

export const NONE_YET: Today = { received: 0, known: 0, refused: 0, passed: {} }

/** Counts of a day (UTC) from nothing on. */
export class TodayCounts {
  readonly #now: () => number
  #day = ''
  #counts: Today = NONE_YET

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  get counts(): Today {
    this.#turn()
    return this.#counts
  }

  add(what: Exclude<keyof Today, 'passed'>): void {
    this.#turn()
    this.#counts = { ...this.#counts, [what]: this.#counts[what] + 1 }
  }

  pass(what: Passed): void {
    this.#turn()
    const { passed } = this.#counts
    this.#counts = { ...this.#counts, passed: { ...passed, [what]: (passed[what] ?? 0) + 1 } }
  }

  #turn(): void {
    const day = new Date(this.#now()).toISOString().slice(0, 10)
    if (day === this.#day) return
    this.#day = day
    this.#counts = NONE_YET
  }
}
