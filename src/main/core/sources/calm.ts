/** Between two that are told, ms. */
const APART_MS = 250

/** Tells of changes, many of which come at a time, a few times a second at most. */
export class Calm {
  readonly #told: () => void
  #timer: NodeJS.Timeout | undefined
  #again = false

  constructor(told: () => void) {
    this.#told = told
  }

  readonly tell = (): void => {
    if (this.#timer) {
      this.#again = true
      return
    }
    this.#told()
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (this.#again) {
        this.#again = false
        this.tell()
      }
    }, APART_MS)
    this.#timer.unref()
  }

  close(): void {
    clearTimeout(this.#timer)
  }
}
