import { GyrusError, toFailure } from '../../../shared/errors.ts'
import type { ModelTask, ModelWorkStatus } from '../../../shared/model-work.ts'
import type { ActivationOutcome } from '../../../shared/models.ts'

/** Pages are told of progress so often, ms. */
const TELL_MS = 100

/** How the work is followed. */
export interface WorkFollowing {
  signal: AbortSignal
  onProgress(progress: { done: number; total: number }): void
}

/** Long work on models that pages have asked for: one at a time, so that nobody judges on what another is changing. */
export class ModelWork {
  readonly #onChange: () => void
  #status: ModelWorkStatus = { state: 'idle' }
  #running: { abort: AbortController; ended: Promise<unknown> } | undefined

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  get status(): ModelWorkStatus {
    return this.#status
  }

  /** @throws GyrusError `models-busy`; what the work throws, which the status tells as well */
  async run<T>(
    task: ModelTask,
    work: (following: WorkFollowing) => Promise<T>,
    outcome: (done: T) => ActivationOutcome | null = () => null,
  ): Promise<T> {
    this.#refuseBusy()
    const abort = new AbortController()
    this.#set({ state: 'running', ...task, done: 0, total: 0, secondsLeft: null })
    const result = work({ signal: abort.signal, onProgress: this.#follow(task) })
    this.#running = { abort, ended: result.catch(() => undefined) }
    try {
      const done = await result
      this.#set({ state: 'done', ...task, at: new Date().toISOString(), outcome: outcome(done) })
      return done
    } catch (error) {
      this.#set({ state: 'failed', ...task, at: new Date().toISOString(), failure: toFailure(error) })
      throw error
    }
  }

  /** The same for a page that does not wait. @throws GyrusError `models-busy` */
  start<T>(
    task: ModelTask,
    work: (following: WorkFollowing) => Promise<T>,
    outcome?: (done: T) => ActivationOutcome | null,
  ): void {
    this.#refuseBusy()
    // How it ends, the status tells.
    this.run(task, work, outcome).catch(() => undefined)
  }

  /** Ends what runs; returns when it has ended. */
  async cancel(): Promise<void> {
    this.#running?.abort.abort()
    await this.#running?.ended
  }

  #refuseBusy(): void {
    if (this.#status.state !== 'running') return
    const { by, kind, models } = this.#status
    throw new GyrusError('models-busy', { by, what: [kind, ...models].join(' ') })
  }

  #follow(task: ModelTask): WorkFollowing['onProgress'] {
    const startedAt = Date.now()
    let toldAt = 0
    return ({ done, total }) => {
      const secondsLeft = done === 0 ? null : ((Date.now() - startedAt) / 1000 / done) * (total - done)
      this.#status = { state: 'running', ...task, done, total, secondsLeft }
      if (Date.now() - toldAt < TELL_MS) return
      toldAt = Date.now()
      this.#onChange()
    }
  }

  #set(status: ModelWorkStatus): void {
    this.#status = status
    this.#onChange()
  }
}
