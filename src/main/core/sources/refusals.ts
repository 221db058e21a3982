import type { Refusal } from '../../../shared/sources.ts'

/** What is shown. */
const SHOWN = 20
/** Entries of the trail that may come at once, and the time after which another one may, ms. */
const AT_ONCE = 10
const ONE_EACH_MS = 60_000

/** What a trail entry tells. */
export interface LoggedRefusal extends Omit<Refusal, 'at'> {
  /** Others since the entry before, that none was written of. */
  unlogged: number
}

/**
 * Refusals as they are shown and put on record: an attack must not fill the trail, so that there is an entry for the first
 * ones, later for one a minute, which tells how many there were between them.
 */
export class Refusals {
  readonly #log: (refusal: LoggedRefusal) => void
  readonly #now: () => number
  #newest: Refusal[] = []
  #may = AT_ONCE
  #since: number
  #unlogged = 0
  #last: Omit<Refusal, 'at'> | null = null

  constructor(log: (refusal: LoggedRefusal) => void, now: () => number = Date.now) {
    this.#log = log
    this.#now = now
    this.#since = now()
  }

  get newest(): Refusal[] {
    return this.#newest
  }

  add(refusal: Omit<Refusal, 'at'>): void {
    const now = this.#now()
    this.#newest = [{ at: new Date(now).toISOString(), ...refusal }, ...this.#newest].slice(0, SHOWN)
    this.#refill(now)
    this.#last = refusal
    if (this.#may === 0) this.#unlogged += 1
    else {
      this.#may -= 1
      this.#write(refusal)
    }
  }

  /** Puts on record how many were not written of. */
  close(): void {
    if (this.#unlogged === 0 || this.#last === null) return
    // The entry stands for the last of them.
    this.#unlogged -= 1
    this.#write(this.#last)
  }

  #write(refusal: Omit<Refusal, 'at'>): void {
    this.#log({ ...refusal, unlogged: this.#unlogged })
    this.#unlogged = 0
  }

  #refill(now: number): void {
    // A clock that was put back gives nothing, and takes nothing.
    if (now < this.#since) this.#since = now
    const more = Math.floor((now - this.#since) / ONE_EACH_MS)
    this.#may = Math.min(AT_ONCE, this.#may + more)
    this.#since += more * ONE_EACH_MS
  }
}
