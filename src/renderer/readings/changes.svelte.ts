import type { ReadingChanges } from '../../shared/reading-changes.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'

/** How far back, in days; `any` is all. */
export type Period = 'any' | '30' | '90' | '365'
const DAY_MS = 86_400_000

/** How readings changed, counted anew when something was signed. */
export class Changes {
  period = $state<Period>('any')
  value = $state.raw<ReadingChanges | null>(null)
  failure = $state.raw<UiFailure | null>(null)
  #asked = 0
  #waiting: ReturnType<typeof setTimeout> | null = null
  readonly #stop = onEvent(({ type }) => {
    if (type === 'case' || type === 'resync') this.#soon()
  })

  stop(): void {
    this.#stop()
    if (this.#waiting) clearTimeout(this.#waiting)
  }

  async load(): Promise<void> {
    const asked = ++this.#asked
    const { period } = this
    const from = period === 'any' ? null : new Date(Date.now() - Number(period) * DAY_MS).toISOString()
    try {
      const value = await call('readings.changes', { from })
      if (asked !== this.#asked) return
      this.value = value
      this.failure = null
    } catch (error) {
      if (asked === this.#asked) this.failure = failureOf(error)
    }
  }

  /** A folder that comes in tells of many cases. */
  #soon(): void {
    this.#waiting ??= setTimeout(() => {
      this.#waiting = null
      void this.load()
    }, 1_000)
  }
}
