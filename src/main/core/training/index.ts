import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import type { LiveRun, RunRecord, RunSummary, TrainingProgress, TrainingRequest } from '../../../shared/training.ts'
import type { Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Emit } from '../events.ts'
import { follow, notBegun } from './live.ts'
import { keepRequest, newRunId, requireRunId, runFolder } from './run-folder.ts'
import { asHere, isShared } from './shared-set.ts'
import type { Trainer } from './trainer.ts'
import type { TrainingRuns } from './training-runs.ts'

interface Waiting {
  id: string
  actor: string
  request: TrainingRequest
  abort: AbortController
  /** Gyrus ends while it runs: nobody cancelled it. */
  interrupted?: boolean
  done: PromiseWithResolvers<RunSummary>
}

interface Parts {
  store: Store
  folder: DataFolder
  trainer: Trainer
  emit: Emit
}

/** Training runs of this workstation: one at a time, others wait; each on record from the moment that it is asked for. */
export class Trainings implements TrainingRuns {
  readonly #parts: Parts
  readonly #queue: Waiting[] = []
  readonly #live = new Map<string, LiveRun>()
  #running: Waiting | undefined

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Runs that a kill broke off, and those in the queue that cannot be read; they can be resumed. To be called once, at the start. */
  async markInterrupted(): Promise<void> {
    for (const { id, state, request } of await this.#openRuns()) {
      const broken = state === 'running' || (state === 'queued' && request === null)
      if (!broken || this.#live.has(id)) continue
      await this.#parts.store.changeRun({ id, state: 'interrupted', actor: 'gyrus' })
    }
  }

  /** Goes on with what was queued when Gyrus ended, the oldest first: each from its last epoch, where it has one. */
  async startQueued(): Promise<void> {
    for (const { id, state, request, createdBy } of (await this.#openRuns()).toReversed()) {
      if (state === 'queued' && request !== null && !this.#live.has(id)) this.#enqueue(id, request, createdBy)
    }
  }

  /** Puts a new run into the queue. @throws GyrusError `training-run-name`, `training-run-exists` */
  async start(request: TrainingRequest, actor: string, id = newRunId(request.recipe)): Promise<string> {
    requireRunId(id)
    const { store, folder } = this.#parts
    await store.addRun({ id, request, createdBy: actor })
    try {
      await keepRequest(runFolder(folder, id), request)
    } catch (error) {
      const { code, details } = toGyrusError(asFileError(error))
      await store.changeRun({ id, state: 'failed', failure: { code, details }, actor })
      throw error
    }
    this.#enqueue(id, request, actor)
    return id
  }

  /** The run of this name: begun, gone on with, or left alone where it is under way or finished. */
  async startOrResume(id: string, request: TrainingRequest, actor: string): Promise<void> {
    const known = (await this.#parts.store.listRuns()).find((run) => run.id === id)
    if (!known) await this.start(request, actor, id)
    else if (known.state !== 'finished' && !this.#live.has(id)) await this.resume(id, actor)
  }

  /**
   * Puts a run that was broken off back into the queue. @throws GyrusError `training-run-unknown`, `training-run-state`,
   * `training-run-elsewhere`
   */
  async resume(id: string, actor: string): Promise<void> {
    const { state, request, station } = await this.#parts.store.getRun(id)
    if (!this.#isOwn({ station, request })) throw new GyrusError('training-run-elsewhere', { run: id })
    if (this.#live.has(id) || state === 'running' || state === 'finished') {
      throw new GyrusError('training-run-state', { run: id, state })
    }
    if (request === null) throw new GyrusError('training-run-unreadable', { run: id })
    // Taken at once, so that a second request finds it taken.
    this.#live.set(id, notBegun())
    try {
      await this.#parts.store.changeRun({ id, state: 'queued', actor })
    } catch (error) {
      this.#live.delete(id)
      throw error
    }
    this.#enqueue(id, request, actor)
  }

  /** Ends a run after its step, or takes it out of the queue. @throws GyrusError as `resume` */
  async cancel(id: string, actor: string): Promise<void> {
    const { state } = await this.#parts.store.getRun(id)
    const waiting = this.#running?.id === id ? this.#running : this.#queue.find((one) => one.id === id)
    if (!waiting) throw new GyrusError('training-run-state', { run: id, state })
    waiting.actor = actor
    waiting.abort.abort()
    if (waiting === this.#running) return
    this.#queue.splice(this.#queue.indexOf(waiting), 1)
    await this.#end(waiting, new GyrusError('cancelled'))
  }

  /** What a queued or running run comes to; errors as of the trainer. */
  outcome(id: string): Promise<RunSummary> {
    const waiting = this.#running?.id === id ? this.#running : this.#queue.find((one) => one.id === id)
    return waiting ? waiting.done.promise : this.#parts.store.getRun(id).then(summaryOf)
  }

  /** Whether a run is under way, or waits for its turn. */
  get busy(): boolean {
    return this.#running !== undefined || this.#queue.length > 0
  }

  live(id: string): LiveRun | null {
    return this.#live.get(id) ?? null
  }

  /**
   * Interrupts what runs, whose last epoch is kept, and leaves the queue on record.
   *
   * @param goOn who had Gyrus end and wants it to go on by itself at the next start; null where a reader is to decide then
   */
  async close(goOn: string | null = null): Promise<void> {
    this.#queue.length = 0
    const running = this.#running
    if (!running) return
    if (!running.abort.signal.aborted) running.interrupted = true
    running.abort.abort()
    await running.done.promise.catch(() => undefined)
    const { store } = this.#parts
    const { state } = await store.getRun(running.id)
    // Not what somebody cancelled, or what ended meanwhile.
    if (goOn !== null && state === 'interrupted')
      await store.changeRun({ id: running.id, state: 'queued', actor: goOn })
  }

  #enqueue(id: string, request: TrainingRequest, actor: string): void {
    const waiting = { id, request, actor, abort: new AbortController(), done: Promise.withResolvers<RunSummary>() }
    // Whoever wants to know asks by `outcome`; nobody has to.
    waiting.done.promise.catch(() => undefined)
    this.#live.set(id, notBegun())
    this.#queue.push(waiting)
    this.#parts.emit({ type: 'run', id })
    void this.#next()
  }

  async #next(): Promise<void> {
    if (this.#running) return
    const waiting = this.#queue.shift()
    if (!waiting) return
    this.#running = waiting
    await this.#end(waiting, await this.#run(waiting).catch(toGyrusError))
    this.#running = undefined
    void this.#next()
  }

  async #run({ id, request, actor, abort }: Waiting): Promise<RunSummary> {
    const { store, folder, trainer, emit } = this.#parts
    await store.changeRun({ id, state: 'running', actor })
    emit({ type: 'run', id })
    const onProgress = (progress: TrainingProgress) => this.#follow(id, progress)
    return trainer(
      { id, dir: runFolder(folder, id), request: asHere(request, folder) },
      { signal: abort.signal, onProgress },
    )
  }

  #follow(id: string, progress: TrainingProgress): void {
    const live = this.#live.get(id)
    if (!live) return
    follow(live, progress)
    this.#parts.emit({ type: 'run', id })
  }

  async #openRuns(): Promise<RunRecord[]> {
    return (await this.#parts.store.openRuns()).filter((run) => this.#isOwn(run))
  }

  /** In a department others have theirs, and so has its queue (department/shared-trainings.ts). */
  #isOwn({ station, request }: Pick<RunRecord, 'station' | 'request'>): boolean {
    const { department } = this.#parts.folder
    return department === null || (station === department.station && !isShared(request))
  }

  /** Puts the outcome on record. Whoever waits is answered even where the record cannot be written; others still run. */
  async #end({ id, actor, done, interrupted = false }: Waiting, outcome: RunSummary | GyrusError): Promise<void> {
    const { store, emit } = this.#parts
    this.#live.delete(id)
    try {
      if (!(outcome instanceof GyrusError)) {
        await store.changeRun({ id, state: 'finished', summary: outcome, actor })
        done.resolve(outcome)
      } else {
        const { code, details } = outcome
        const broken = interrupted
          ? ({ state: 'interrupted', actor: 'gyrus' } as const)
          : ({ state: 'cancelled', actor } as const)
        const failed = { state: 'failed', failure: { code, details }, actor } as const
        await store.changeRun({ id, ...(code === 'cancelled' ? broken : failed) })
        done.reject(outcome)
      }
    } catch (error) {
      // It stays `running` on record, and is marked as interrupted at the next start.
      done.reject(error)
    }
    emit({ type: 'run', id })
  }
}

export function summaryOf({ id, summary, state }: RunRecord): RunSummary {
  if (!summary) throw new GyrusError('training-run-state', { run: id, state })
  return summary
}
