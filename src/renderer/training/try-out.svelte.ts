import type { RequestOutput } from '../../shared/contract.ts'
import type { SetTraining } from '../../shared/training-contract.ts'
import { call, failureOf } from '../client/client.ts'
import type { UiFailure } from '../client/transport.ts'

type Estimate = RequestOutput<'training.estimate'>['estimate']
type Probe = RequestOutput<'training.probe'>
type Sheet = RequestOutput<'training.preview'>

const WAIT_MS = 300

/** What is known, and tried, of a training before it is started. What was found holds for what was asked then only. */
export class TryOut {
  estimate = $state.raw<Estimate>(null)
  probe = $state.raw<Probe | null>(null)
  sheet = $state.raw<Sheet | null>(null)
  running = $state<'probe' | 'preview' | null>(null)
  failure = $state.raw<UiFailure | null>(null)
  #asked: SetTraining | null = null
  #key = ''
  #waiting: ReturnType<typeof setTimeout> | undefined

  /** Something else is asked now. */
  use(asked: SetTraining | null): void {
    const key = JSON.stringify(asked)
    if (key === this.#key) return
    this.#key = key
    this.#asked = asked
    this.estimate = this.probe = null
    this.failure = null
    clearTimeout(this.#waiting)
    if (asked) this.#waiting = setTimeout(() => void this.#estimate(key, asked), WAIT_MS)
  }

  measure = (): Promise<void> =>
    this.#try('probe', async (asked, isSame) => {
      const probe = await call('training.probe', asked)
      if (isSame()) this.probe = probe
    })

  preview = (): Promise<void> =>
    this.#try('preview', async (asked) => {
      this.sheet = await call('training.preview', asked)
    })

  cancel = async (): Promise<void> => {
    clearTimeout(this.#waiting)
    // Where it cannot be reached, it has nothing to end either.
    if (this.running) await call('training.cancelTryOut', {}).catch(() => undefined)
  }

  async #estimate(key: string, asked: SetTraining): Promise<void> {
    try {
      const { estimate } = await call('training.estimate', asked)
      if (this.#key === key) this.estimate = estimate
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  async #try(what: 'probe' | 'preview', work: (asked: SetTraining, isSame: () => boolean) => Promise<void>) {
    const asked = this.#asked
    const key = this.#key
    if (!asked || this.running) return
    this.running = what
    this.failure = null
    try {
      await work(asked, () => this.#key === key)
    } catch (error) {
      const failure = failureOf(error)
      if (failure.code !== 'cancelled') this.failure = failure
    } finally {
      this.running = null
    }
  }
}
