import type { Store } from '../../store/types.ts'
import type { Analyser } from '../analyser.ts'
import type { Limits } from './limits.ts'
import type { CaseJob, Taken, WorkQueue } from './queue.ts'

interface WorkerParts {
  queue: WorkQueue
  store: Store
  /** Has a file read by the engine of this workstation. */
  analyser: Analyser
  limits: Limits
}

/** Takes work out of the department's queue, for as long as this Gyrus is open. */
export class Worker {
  readonly #parts: WorkerParts

  constructor(parts: WorkerParts) {
    this.#parts = parts
  }

  /** Where it takes cases at all. */
  async start(): Promise<void> {
    const { queue, limits } = this.#parts
    const { cases, casesAtOnce } = limits.now
    if (cases) await queue.work(casesAtOnce, (jobs) => this.#take(jobs))
  }

  /** Takes nothing more; what is under way is finished. */
  rest(): Promise<void> {
    return this.#parts.queue.rest()
  }

  /** Somebody may have analysed a case and ended before the queue was told: there is one result a case. */
  async #take(jobs: CaseJob[]): Promise<Taken[]> {
    const settled = await this.#parts.store.settledCases(jobs.map(({ id }) => id)).catch(() => null)
    if (settled === null) return jobs.map(() => 'not-done')
    const done = new Set(settled.map(({ caseId }) => caseId))
    return Promise.all(jobs.map((job) => (done.has(job.id) ? 'done' : this.#analyse(job))))
  }

  #analyse({ again, ...pending }: CaseJob): Promise<Taken> {
    const { analyser } = this.#parts
    const outcome = again ? analyser.analyseAgain(pending) : analyser.analyse(pending, false)
    return outcome.then(
      () => 'done',
      () => 'not-done',
    )
  }
}
