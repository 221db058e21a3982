import type { ReadingSettings } from '../../shared/reading.ts'
import { account } from '../accounts/account.svelte.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent, resync } from '../client/events.ts'
import { toasts } from '../shell/toasts.svelte.ts'

/** Whether an impression comes before the answer, for who is signed in here. */
class Reading {
  value = $state.raw<ReadingSettings>({ department: false, own: false })

  start(): void {
    onEvent(({ type }) => {
      // What is shown of cases is another thing now.
      if (type === 'reading') resync()
      if (type === 'resync') void this.load()
    })
    void this.load()
  }

  async load(): Promise<void> {
    // Who is not signed in is told so by all else.
    this.value = await call('reading.get', {}).catch(() => this.value)
  }

  setOwn(on: boolean): Promise<void> {
    return this.#set(() => call('reading.set', { on }))
  }

  setDepartment(on: boolean): Promise<void> {
    return this.#set(() => call('reading.set-department', { on }))
  }

  async #set(change: () => Promise<unknown>): Promise<void> {
    await change().catch((error: unknown) => toasts.failure(failureOf(error)))
    await this.load()
  }
}

export const reading = new Reading()

/** Whether answers are kept from who is signed in here until they said what they think. */
export const answersKept = () => account.can('review') && (reading.value.department || reading.value.own)
