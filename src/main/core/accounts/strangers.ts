import { nameKey, waitSeconds } from '../../../shared/accounts.ts'
import { GyrusError } from '../../../shared/errors.ts'

const MOST = 1000

/**
 * Tries with names that nobody has. They are held up like those with a real one, or the delay would tell which names
 * there are. Only here, not on record: people type passwords where the name belongs.
 */
export class Strangers {
  readonly #tries = new Map<string, { failures: number; failedAt: number }>()

  /** @throws GyrusError `sign-in-delayed` */
  countTry(name: string, now: number): void {
    const key = nameKey(name)
    const { failures, failedAt } = this.#tries.get(key) ?? { failures: 0, failedAt: 0 }
    const seconds = waitSeconds(failures, failedAt, now)
    if (seconds > 0) throw new GyrusError('sign-in-delayed', { seconds })
    const [oldest] = this.#tries.keys()
    if (this.#tries.size >= MOST && oldest !== undefined) this.#tries.delete(oldest)
    this.#tries.set(key, { failures: failures + 1, failedAt: now })
  }
}
