import type { EngineInput, EngineOutput, EngineRequestName } from '../../engine/protocol.ts'

/** A request on its way through the engine; it survives the engine's death. */
export interface Job {
  name: EngineRequestName
  input: EngineInput<EngineRequestName>
  signal: AbortSignal | undefined
  /** Was in the engine when it died, so it runs alone the next time. */
  suspect: boolean
  /** Times that the engine died with nothing else in it. */
  crashes: number
  resolve(output: EngineOutput<EngineRequestName>): void
  reject(error: unknown): void
}

/** Waiting requests: what a reader looks at comes first, then what they have just opened, then what only has to be done. */
export class JobQueue {
  #urgent: Job[] = []
  #opened: Job[] = []
  #batch: Job[] = []
  #suspects: Job[] = []

  add(job: Job): void {
    if (job.suspect) this.#suspects.push(job)
    else if (job.name !== 'classify') this.#urgent.push(job)
    else if (isUrgent(job)) this.#opened.push(job)
    else this.#batch.push(job)
  }

  /**
   * The next job to send while `busy` others are in the engine. A suspect goes alone, so that the file that brings
   * the engine down is told from those that happened to be beside it.
   */
  next(busy: number): Job | undefined {
    if (this.#suspects.length > 0) return busy === 0 ? this.#suspects.shift() : undefined
    return this.#urgent.shift() ?? this.#opened.shift() ?? this.#batch.shift()
  }

  remove(job: Job): boolean {
    const list = [this.#urgent, this.#opened, this.#batch, this.#suspects].find((jobs) => jobs.includes(job))
    list?.splice(list.indexOf(job), 1)
    return list !== undefined
  }

  takeAll(): Job[] {
    return [this.#suspects, this.#urgent, this.#opened, this.#batch].flatMap((jobs) => jobs.splice(0))
  }
}

const isUrgent = ({ input }: Job) => (input as EngineInput<'classify'>).urgent === true
