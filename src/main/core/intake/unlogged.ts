import { setTimeout as sleep } from 'node:timers/promises'
import type { PendingCase } from '../../store/types.ts'
import { inOrder } from './in-order.ts'

/** Time until the first try, which doubles with each that fails, and the longest, ms: a full disk has room again some time. */
const FIRST_MS = 2_000
const LONGEST_MS = 60_000

/** Cases that are on record and whose outcome could not be logged, e.g. on a full disk: they are taken up again by themselves. */
export class Unlogged {
  readonly #analyse: (one: PendingCase) => Promise<unknown>
  readonly #atOnce: number
  readonly #waiting = new Map<string, PendingCase>()
  readonly #closing = new AbortController()
  #trying: Promise<void> | null = null

  /**
   * @param analyse settles when the outcome is logged, rejects where it is not
   * @param atOnce cases under way at a time
   */
  constructor(analyse: (one: PendingCase) => Promise<unknown>, atOnce: number) {
    this.#analyse = analyse
    this.#atOnce = atOnce
  }

  add(one: PendingCase): void {
    this.#waiting.set(one.id, one)
    this.#trying ??= this.#try().finally(() => {
      this.#trying = null
    })
  }

  /** What still waits then is for the next start. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#trying
  }

  async #try(): Promise<void> {
    const { signal } = this.#closing
    let waitMs = FIRST_MS
    while (this.#waiting.size > 0) {
      await sleep(waitMs, undefined, { signal, ref: false }).catch(() => undefined)
      if (signal.aborted) return
      const [first, ...others] = this.#waiting.values()
      // One first: while there is no room, the others would only keep the engine busy.
      if (first && (await this.#takeUp(first))) {
        waitMs = FIRST_MS
        for await (const _ of inOrder(others, this.#atOnce, (one) => this.#takeUp(one)));
      } else waitMs = Math.min(2 * waitMs, LONGEST_MS)
    }
  }

  async #takeUp(one: PendingCase): Promise<boolean> {
    if (this.#closing.signal.aborted) return false
    return this.#analyse(one).then(
      () => this.#waiting.delete(one.id),
      () => false,
    )
  }
}
