import { setTimeout as sleep } from 'node:timers/promises'
import { GyrusError } from '../../../shared/errors.ts'
import type { LiveRun, RecipeName, RunRecord, RunState, RunSummary, TrainingRequest } from '../../../shared/training.ts'
import type { Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Emit } from '../events.ts'
import { summaryOf, type Trainings } from '../training/index.ts'
import { newRunId, requireRunId } from '../training/run-folder.ts'
import { asShared, isShared } from '../training/shared-set.ts'
import type { TrainingRuns } from '../training/training-runs.ts'
import type { TrainingJob, TrainingMeans, TrainingQueue } from './queue.ts'
import { TrainingWorker, type TrainingWorkerParts } from './training-worker.ts'

/** How often the record is asked what became of a run that somebody waits for, ms. */
const LOOK_MS = 500
/** How often it is seen to that the queue has what the record says waits, ms. */
const KEEP_MS = 5_000

const OPEN: RunState[] = ['queued', 'running']
const BROKEN: RunState[] = ['interrupted', 'failed', 'cancelled']

interface Parts {
  queue: TrainingQueue
  worker: TrainingWorker
  /** What is trained on files that this machine alone may have. */
  own: Trainings
  store: Store
  folder: DataFolder
  /** Whether a recipe trains whole networks. */
  needsNative: (recipe: RecipeName) => Promise<boolean>
  emit: Emit
}

/**
 * Training runs of a department: those on frozen sets, which all workstations have, are trained by whichever has the means.
 * What became of a run is what the record says of it; the queue only tells who is to train it.
 */
export class SharedTrainings implements TrainingRuns {
  readonly #parts: Parts
  readonly #closing = new AbortController()
  #keeping: ReturnType<typeof setInterval> | undefined

  private constructor(parts: Parts) {
    this.#parts = parts
  }

  static of(parts: Omit<Parts, 'worker'> & TrainingWorkerParts): SharedTrainings {
    return new SharedTrainings({ ...parts, worker: new TrainingWorker(parts) })
  }

  markInterrupted(): Promise<void> {
    return this.#parts.own.markInterrupted()
  }

  async startQueued(): Promise<void> {
    await this.#parts.own.startQueued()
    this.#parts.worker.start()
  }

  async start(request: TrainingRequest, actor: string, id = newRunId(request.recipe)): Promise<string> {
    const { own, store, folder, emit } = this.#parts
    const shared = asShared(request, folder)
    if (shared === null) return own.start(request, actor, id)
    requireRunId(id)
    await store.addRun({ id, request: shared, createdBy: actor })
    await this.#queue(id, shared, actor)
    emit({ type: 'run', id })
    return id
  }

  async startOrResume(id: string, request: TrainingRequest, actor: string): Promise<void> {
    if (asShared(request, this.#parts.folder) === null) return this.#parts.own.startOrResume(id, request, actor)
    const known = (await this.#parts.store.listRuns()).find((run) => run.id === id)
    if (!known) await this.start(request, actor, id)
    else if (BROKEN.includes(known.state)) await this.resume(id, actor)
  }

  async resume(id: string, actor: string): Promise<void> {
    const { own, store, emit } = this.#parts
    const { state, request } = await store.getRun(id)
    if (!isShared(request)) return own.resume(id, actor)
    if (!(await store.changeHeldRun({ id, state: 'queued', actor }, { states: BROKEN })))
      throw new GyrusError('training-run-state', { run: id, state })
    await this.#queue(id, request, actor)
    emit({ type: 'run', id })
  }

  async cancel(id: string, actor: string): Promise<void> {
    const { own, store, worker, emit } = this.#parts
    const { state, request } = await store.getRun(id)
    if (!isShared(request)) return own.cancel(id, actor)
    if (!(await store.changeHeldRun({ id, state: 'cancelled', actor }, { states: OPEN })))
      throw new GyrusError('training-run-state', { run: id, state })
    worker.look(id)
    emit({ type: 'run', id })
  }

  async outcome(id: string): Promise<RunSummary> {
    const { own, store } = this.#parts
    if (!isShared((await store.getRun(id)).request)) return own.outcome(id)
    for (;;) {
      // While the record is away it is asked again.
      const run = await store.getRun(id).catch(() => null)
      if (run && !OPEN.includes(run.state)) return outcomeOf(run)
      if (this.#closing.signal.aborted) throw new GyrusError('cancelled')
      await sleep(LOOK_MS)
    }
  }

  get busy(): boolean {
    return this.#parts.own.busy || this.#parts.worker.busy
  }

  async live(id: string): Promise<LiveRun | null> {
    const { own, worker, store } = this.#parts
    return own.live(id) ?? worker.live(id) ?? (await store.toldOfRun(id))
  }

  /** One workstation sees to it that what waits on record is in the queue, and that what was given up is told. */
  keep(): void {
    this.#keeping ??= setInterval(() => void this.#keep().catch(() => undefined), KEEP_MS).unref()
  }

  endKeeping(): void {
    clearInterval(this.#keeping)
    this.#keeping = undefined
  }

  async close(goOn: string | null = null): Promise<void> {
    this.#closing.abort()
    this.endKeeping()
    await Promise.all([this.#parts.own.close(goOn), this.#parts.worker.close()])
  }

  async #keep(): Promise<void> {
    const { queue, store } = this.#parts
    await queue.givenUp(async ({ run: id, actor }) => {
      const failure = { code: 'training-gave-up', details: {} } as const
      await store.changeHeldRun({ id, state: 'failed', failure, actor }, { states: OPEN })
    })
    const jobs = (await store.openRuns()).flatMap(({ id, request, createdBy }) =>
      isShared(request) ? [this.#jobOf(id, request, createdBy)] : [],
    )
    await queue.add(await Promise.all(jobs))
  }

  /** Where the queue does not answer now, whoever keeps it puts the run there later. */
  async #queue(id: string, request: TrainingRequest, actor: string): Promise<void> {
    await this.#jobOf(id, request, actor)
      .then((job) => this.#parts.queue.add([job]))
      .catch(() => undefined)
  }

  async #jobOf(run: string, { recipe, onGpu }: TrainingRequest, actor: string): Promise<TrainingJob> {
    const least: TrainingMeans = (await this.#parts.needsNative(recipe)) ? 'native' : 'head'
    return { run, actor, needs: onGpu ? 'gpu' : least }
  }
}

function outcomeOf(run: RunRecord): RunSummary {
  if (run.state === 'cancelled') throw new GyrusError('cancelled')
  if (run.failure) throw new GyrusError('training-run-failed', { run: run.id, reason: run.failure.message })
  return summaryOf(run)
}
