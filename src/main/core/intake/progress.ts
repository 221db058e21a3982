import type { RequestOutput } from '../../../shared/contract.ts'
import type { Failure } from '../../../shared/errors.ts'

type Status = RequestOutput<'intake.status'>

/** Problems kept for the screen. */
const MAX_PROBLEMS = 20
/** Rates measured over less than this would jump about, ms. */
const MIN_MEASURED_MS = 500

/** Counts how far the opening of scans is; starts again when everything was done. */
export class IntakeProgress {
  readonly #onChange: () => void
  #total = 0
  #done = 0
  #failed = 0
  #startedAt = 0
  #problems: Status['problems'] = []

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  expect(files: number): void {
    if (this.#done === this.#total) {
      this.#total = this.#done = this.#failed = 0
      this.#problems = []
      this.#startedAt = Date.now()
    }
    this.#total += files
    this.#onChange()
  }

  finish(failed: boolean): void {
    this.#done += 1
    if (failed) this.#failed += 1
    this.#onChange()
  }

  drop(files: number): void {
    this.#total -= files
    this.#onChange()
  }

  /** A file that could not be put on record. */
  problem(fileName: string, failure: Failure): void {
    this.#problems = [{ fileName, failure }, ...this.#problems].slice(0, MAX_PROBLEMS)
  }

  get status(): Status {
    const remaining = this.#total - this.#done
    const elapsed = Date.now() - this.#startedAt
    const measured = remaining > 0 && this.#done > 0 && elapsed > MIN_MEASURED_MS
    const imagesPerSecond = measured ? (this.#done / elapsed) * 1000 : null
    return {
      total: this.#total,
      done: this.#done,
      failed: this.#failed,
      remaining,
      imagesPerSecond,
      secondsLeft: imagesPerSecond === null ? null : remaining / imagesPerSecond,
      problems: this.#problems,
    }
  }
}
