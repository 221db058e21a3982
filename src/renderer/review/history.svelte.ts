import type { Rerun, TimelineEntry } from '../../shared/timeline.ts'
import { call, failureOf } from '../client/client.ts'
import type { UiFailure } from '../client/transport.ts'

/** What happened to the open case, and what came of running it again. */
export class CaseHistory {
  entries = $state.raw<TimelineEntry[]>([])
  failure = $state.raw<UiFailure | null>(null)
  running = $state(false)
  /** Of the case `of`. */
  rerun = $state.raw<Rerun | null>(null)
  of = $state('')
  #asked = ''

  async load(id: string): Promise<void> {
    if (this.#asked !== id) {
      this.entries = []
      this.failure = null
    }
    this.#asked = id
    try {
      const { entries } = await call('cases.timeline', { id })
      if (this.#asked === id) this.entries = entries
    } catch (error) {
      if (this.#asked === id) this.failure = failureOf(error)
    }
  }

  exactly(id: string): Promise<void> {
    return this.#run(id, async () => {
      this.rerun = await call('cases.rerun', { id })
      this.of = id
    })
  }

  /** The case tells of its new answer by an event. */
  withActive(id: string): Promise<void> {
    return this.#run(id, async () => void (await call('cases.rerun-active', { id })))
  }

  async #run(id: string, work: () => Promise<void>): Promise<void> {
    this.running = true
    this.rerun = null
    this.failure = null
    try {
      await work()
      await this.load(id)
    } catch (error) {
      this.failure = failureOf(error)
    } finally {
      this.running = false
    }
  }
}
