import type { DepartmentStatus } from '../../shared/department.ts'
import { call, failureOf } from '../client/client.ts'
import type { UiFailure } from '../client/transport.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'

/** As often as the queue is counted, ms. */
const LOOK_MS = 5_000

/** Who works in the department, and on how much; null where there is one workstation. */
export class Department {
  now = $state.raw<DepartmentStatus | null>(null)
  failure = $state.raw<UiFailure | null>(null)
  #timer: ReturnType<typeof setInterval> | undefined

  start(): void {
    void this.load()
    this.#timer = setInterval(() => void this.load(), LOOK_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  load = async (): Promise<void> => {
    try {
      this.now = await call('department.get', {})
      this.failure = null
      // Where there is one workstation, there is nothing to look at again.
      if (this.now === null) this.stop()
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  retry = async (): Promise<void> => {
    try {
      const { cases } = await call('department.retry', {})
      toasts.note(texts.department.retried(cases))
    } catch (error) {
      toasts.failure(failureOf(error))
    }
    await this.load()
  }
}
