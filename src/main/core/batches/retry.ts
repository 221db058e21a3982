import type { Retried } from '../../../shared/batches.ts'
import type { Failure } from '../../../shared/errors.ts'
import type { Outcome } from '../analyser.ts'

/** What comes of the files of a batch that had failed and are tried again, since they were asked for. */
export class Retry {
  #tried = 0
  /** By code. */
  readonly #reasons = new Map<string, { failure: Failure; files: number }>()

  count(outcome: Outcome): void {
    if (outcome.status !== 'failed') this.#tried += 1
    // Gyrus is closing: this one is still to be tried.
    else if (outcome.failure.code !== 'cancelled') {
      this.#tried += 1
      const { failure } = outcome
      const files = (this.#reasons.get(failure.code)?.files ?? 0) + 1
      this.#reasons.set(failure.code, { failure, files })
    }
  }

  get soFar(): Retried {
    const reasons = [...this.#reasons.values()].sort((a, b) => b.files - a.files)
    return { tried: this.#tried, failed: reasons.reduce((sum, { files }) => sum + files, 0), reasons }
  }
}
