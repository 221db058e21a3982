import { setTimeout as sleep } from 'node:timers/promises'
import { GyrusError } from '../../../shared/errors.ts'
import type { EngineInput, EngineOutput, EngineRequestName, LoadedModel, ModelRef } from '../../engine/protocol.ts'
import { EngineConnection } from './connection.ts'
import { type Job, JobQueue } from './jobs.ts'
import type { StartEngine } from './process.ts'

/** Requests in the engine at a time: enough for it to decode ahead, few enough to look through after a crash. */
const IN_ENGINE = 48
/** Times that the engine may die alone with one file before that file is given up. */
const MAX_CRASHES = 2
/** After this many starts in a row without success the engine is given up until somebody asks again. */
const MAX_FAILED_STARTS = 5
const FIRST_BACK_OFF_MS = 100
/** The longest that one request may take in the engine before it is taken for hung, ms. */
const REQUEST_MS = 60_000

export interface EngineStatus {
  state: 'starting' | 'ready' | 'restarting' | 'failed'
  restarts: number
  failure: GyrusError | null
  model: LoadedModel | null
  pid: number | undefined
}

/** Keeps one engine process alive and answers requests whatever happens to it. */
export class EngineSupervisor {
  readonly #start: StartEngine
  #model: ModelRef
  readonly #onChange: () => void
  readonly #queue = new JobQueue()
  readonly #inEngine = new Map<Job, { id: number; sentAt: number }>()
  readonly #watch: NodeJS.Timeout
  #connection: EngineConnection | undefined
  #status: EngineStatus = { state: 'starting', restarts: 0, failure: null, model: null, pid: undefined }
  #failedStarts = 0
  #closed = false

  constructor(options: { start: StartEngine; model: ModelRef; onChange: () => void }) {
    this.#start = options.start
    this.#model = options.model
    this.#onChange = options.onChange
    this.#watch = setInterval(() => this.#killIfHung(), 1_000)
    this.#watch.unref()
    this.#launch()
  }

  get status(): EngineStatus {
    return this.#status
  }

  /**
   * Runs one request, in this or a later life of the engine.
   *
   * @throws GyrusError the engine's own failure; `engine-crashed` or `engine-timeout` for a file that brought it down
   *   twice; `engine-unavailable`; `cancelled`
   */
  request<N extends EngineRequestName>(name: N, input: EngineInput<N>, signal?: AbortSignal): Promise<EngineOutput<N>> {
    return new Promise<EngineOutput<EngineRequestName>>((resolve, reject) => {
      if (this.#closed || signal?.aborted) return reject(new GyrusError('cancelled'))
      const job: Job = { name, input, signal, suspect: false, crashes: 0, resolve, reject }
      signal?.addEventListener('abort', () => this.#cancel(job), { once: true })
      this.#queue.add(job)
      if (!this.#connection && this.#status.state === 'failed') this.#launch()
      this.#pump()
    }) as Promise<EngineOutput<N>>
  }

  /** What the engine loads whenever it starts. */
  get model(): ModelRef {
    return this.#model
  }

  /**
   * Changes the model: requests that come later are answered by the new one. Where it cannot be loaded, the one before
   * stays in force.
   *
   * @throws GyrusError why it cannot be loaded; errors of `request`
   */
  async useModel(model: ModelRef): Promise<LoadedModel> {
    const loaded = await this.request('load-model', model)
    this.#model = model
    this.#set({ state: 'ready', model: loaded, failure: null })
    this.#pump()
    return loaded
  }

  /** Ends the engine; what waits or runs is cancelled. */
  close(): void {
    this.#closed = true
    clearInterval(this.#watch)
    this.#rejectAll(new GyrusError('cancelled'))
    this.#connection?.kill()
  }

  #set(change: Partial<EngineStatus>): void {
    this.#status = { ...this.#status, ...change }
    this.#onChange()
  }

  #launch(): void {
    const connection = new EngineConnection(this.#start(), (reason) => void this.#died(connection, reason))
    this.#connection = connection
    this.#set({ state: this.#status.restarts > 0 ? 'restarting' : 'starting', pid: connection.pid })
    void this.#prepare(connection)
  }

  async #prepare(connection: EngineConnection): Promise<void> {
    await connection.ready
    try {
      const model = await connection.request('load-model', this.#model).output
      this.#set({ state: 'ready', model, failure: null })
    } catch (error) {
      // Pictures can still be looked at; what asks for a prediction is told why there is none.
      this.#set({ state: 'failed', model: null, failure: error as GyrusError })
    }
    this.#failedStarts = 0
    this.#pump()
  }

  #pump(): void {
    const { state, failure } = this.#status
    const running = this.#connection !== undefined && (state === 'ready' || state === 'failed')
    while (running && this.#inEngine.size < IN_ENGINE) {
      const job = this.#queue.next(this.#inEngine.size)
      if (!job) return
      if ((job.name === 'classify' || job.name === 'explain') && failure) {
        job.reject(failure)
        continue
      }
      this.#dispatch(job)
      if (job.suspect) return
    }
  }

  #dispatch(job: Job): void {
    const connection = this.#connection as EngineConnection
    const { id, output } = connection.request(job.name, job.input)
    this.#inEngine.set(job, { id, sentAt: Date.now() })
    const done = (settle: () => void) => {
      this.#inEngine.delete(job)
      settle()
      this.#pump()
    }
    output.then(
      (value) => done(() => job.resolve(value)),
      (error) => done(() => job.reject(error)),
    )
  }

  async #died(connection: EngineConnection, reason: string): Promise<void> {
    if (this.#closed || connection !== this.#connection) return
    this.#connection = undefined
    this.#convict()
    this.#failedStarts += 1
    this.#set({ state: 'restarting', restarts: this.#status.restarts + 1, pid: undefined })
    if (this.#failedStarts > MAX_FAILED_STARTS) return this.#giveUp(reason)
    if (this.#failedStarts > 1) await sleep(FIRST_BACK_OFF_MS * 2 ** (this.#failedStarts - 2))
    if (!this.#closed) this.#launch()
  }

  /** Sorts out what was in the engine when it died. */
  #convict(): void {
    const alone = this.#inEngine.size === 1
    for (const [job, { sentAt }] of this.#inEngine) {
      if (alone) job.crashes += 1
      job.suspect = true
      if (job.crashes < MAX_CRASHES) this.#queue.add(job)
      else if (Date.now() - sentAt < REQUEST_MS) job.reject(new GyrusError('engine-crashed'))
      else job.reject(new GyrusError('engine-timeout', { seconds: REQUEST_MS / 1000 }))
    }
    this.#inEngine.clear()
  }

  #giveUp(reason: string): void {
    const failure = new GyrusError('engine-unavailable', { reason })
    this.#failedStarts = 0
    this.#set({ state: 'failed', failure, model: null })
    this.#rejectAll(failure)
  }

  #cancel(job: Job): void {
    const sent = this.#inEngine.get(job)
    if (sent) this.#connection?.cancel(sent.id)
    else if (this.#queue.remove(job)) job.reject(new GyrusError('cancelled'))
  }

  #rejectAll(error: GyrusError): void {
    for (const job of [...this.#queue.takeAll(), ...this.#inEngine.keys()]) job.reject(error)
    this.#inEngine.clear()
  }

  #killIfHung(): void {
    const oldest = Math.min(...[...this.#inEngine.values()].map(({ sentAt }) => sentAt))
    if (Date.now() - oldest > REQUEST_MS) this.#connection?.kill()
  }
}
