import { setTimeout as after } from 'node:timers/promises'
import type { ReadStore } from '../../../src/main/store/types.ts'
import { caseQuerySchema } from '../../../src/shared/cases.ts'

const ASK_MS = 50
const anyCase = caseQuerySchema.parse({})

/** Somebody who looks at the work list all the time. */
export class Asking {
  /** From the moment that a list was due to its answer, ms. */
  readonly ms: number[] = []
  #ended = false
  readonly #done: Promise<void>

  constructor(store: ReadStore) {
    this.#done = this.#ask(store)
  }

  async #ask(store: ReadStore): Promise<void> {
    while (!this.#ended) {
      // Asked for when it is due, however late this thread comes to it.
      const due = performance.now() + ASK_MS
      await after(ASK_MS)
      await store.listCases(anyCase, 0, 100)
      this.ms.push(performance.now() - due)
    }
  }

  async end(): Promise<void> {
    this.#ended = true
    await this.#done
  }
}
