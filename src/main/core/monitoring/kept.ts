import type { ReadStore } from '../../store/types.ts'
import type { PeriodCounts } from './counts.ts'
import type { Period } from './steps.ts'

/** Periods kept, over all filters: a few kilobytes each. */
const MOST = 500
/** Cases looked up one by one; where more changed, all is counted anew. */
const MOST_CHANGED = 500

/** Counts of periods that are over, until a case in them changes: years are not read again to show, or watch, one more day. */
export class KeptCounts {
  readonly #kept = new Map<string, { period: Period; counts: PeriodCounts }>()
  readonly #changed = new Set<string>()
  #changes = 0
  #renewing = Promise.resolve()

  /** The case may have another verdict, or another answer. */
  changed(caseId: string): void {
    this.#changes += 1
    if (this.#kept.size > 0) this.#changed.add(caseId)
  }

  /** Forgets what is no longer so. Whoever asks meanwhile waits until it is forgotten. */
  renew(store: ReadStore): Promise<void> {
    const renewed = this.#renewing.then(() => this.#forget(store))
    this.#renewing = renewed.catch(() => undefined)
    return renewed
  }

  async #forget(store: ReadStore): Promise<void> {
    const ids = [...this.#changed]
    this.#changed.clear()
    if (ids.length > MOST_CHANGED || this.#kept.size > MOST) return this.#kept.clear()
    if (ids.length === 0) return
    const times = await store.answerTimes(ids)
    for (const [key, { period }] of this.#kept)
      if (times.some((at) => period.from <= at && at < period.until)) this.#kept.delete(key)
  }

  /** @param key of all that it depends on beside the period */
  async get(key: string, period: Period, now: Date, count: () => Promise<PeriodCounts>): Promise<PeriodCounts> {
    const whole = `${period.from} ${period.until} ${key}`
    const known = this.#kept.get(whole)
    if (known) return known.counts
    const before = this.#changes
    const counts = await count()
    // A change meanwhile may be in it or not.
    if (period.until <= now.toISOString() && before === this.#changes) this.#kept.set(whole, { period, counts })
    return counts
  }
}
