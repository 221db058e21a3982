import { failureOf } from './client.ts'
import type { UiFailure } from './transport.ts'

/** A form that is sent once at a time, and tells what was wrong. */
export class Form {
  busy = $state(false)
  failure = $state.raw<UiFailure | null>(null)

  /** True where it was done. */
  async send(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    try {
      await work()
      this.failure = null
      return true
    } catch (error) {
      this.failure = failureOf(error)
      return false
    } finally {
      this.busy = false
    }
  }

  /** Something that the page sees itself. */
  refuse(message: string): void {
    this.failure = { code: 'form', message, action: '' }
  }
}
