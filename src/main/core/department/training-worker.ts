import { setTimeout as sleep } from 'node:timers/promises'
import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import type { LiveRun, RunRecord, RunSummary, TrainingProgress } from '../../../shared/training.ts'
import type { SetRef } from '../../../shared/training-contract.ts'
import type { RunChange, Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Emit } from '../events.ts'
import { follow, notBegun } from '../training/live.ts'
import { setOf } from '../training/on-set.ts'
import { keepRequest, requireRunId, runFolder, runKey } from '../training/run-folder.ts'
import { isShared } from '../training/shared-set.ts'
import type { Trainer } from '../training/trainer.ts'
import { areFilesAway } from './files/errors.ts'
import type { Taken, TrainingJob, TrainingMeans, TrainingQueue } from './queue.ts'
import { isRecordAway } from './record-away.ts'

/** How often it is looked whether the run is still this workstation's, and others are told how it comes along, ms. */
const LOOK_MS = 1_000
/** How often it is looked what can be trained here, ms. */
const MEANS_MS = 5_000
/** How long it is waited before a record that is away is asked again, ms. */
const AGAIN_MS = 2_000

export interface TrainingWorkerParts {
  queue: TrainingQueue
  store: Pick<Store, 'takeRun' | 'changeHeldRun' | 'getRun' | 'tellRun'>
  folder: DataFolder
  /** Which workstation this is. */
  station: string
  trainer: Trainer
  /** Has a frozen set here, whole. @returns its path */
  ready: (set: SetRef) => Promise<string>
  /** What can be trained here now; null for nothing. */
  means: () => Promise<TrainingMeans | null>
  emit: Emit
}

interface Under {
  id: string
  live: LiveRun
  /** Whether others have been told of all of it. */
  told: boolean
  abort: AbortController
  /** While its folder is given to others. */
  sharing: Promise<void> | null
}

/** Trains what is in the department's queue, one at a time. */
export class TrainingWorker {
  readonly #parts: TrainingWorkerParts
  readonly #closing = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined
  #looking: Promise<void> = Promise.resolve()
  #means: TrainingMeans | null = null
  #under: Under | null = null

  constructor(parts: TrainingWorkerParts) {
    this.#parts = parts
  }

  /** From now on, and as long as there are means; those come and go with the native engine. */
  start(): void {
    this.#looking = this.#look()
      .catch(() => undefined)
      .finally(() => {
        if (!this.#closing.signal.aborted) this.#timer = setTimeout(() => this.start(), MEANS_MS).unref()
      })
  }

  get busy(): boolean {
    return this.#under !== null
  }

  live(id: string): LiveRun | null {
    return this.#under?.id === id ? this.#under.live : null
  }

  /** Looks at once whether the run was cancelled. */
  look(id: string): void {
    const under = this.#under
    if (under?.id === id) void this.#leaveLost(under)
  }

  /** What is under way goes back into the queue; another workstation goes on from its last epoch. */
  async close(): Promise<void> {
    this.#closing.abort()
    clearTimeout(this.#timer)
    this.#under?.abort.abort()
    await this.#looking
    await this.#parts.queue.rest()
  }

  async #look(): Promise<void> {
    const { queue, means: now } = this.#parts
    const means = await now()
    if (means === this.#means || this.#closing.signal.aborted) return
    await queue.rest()
    this.#means = means
    if (means !== null && !this.#closing.signal.aborted)
      await queue.work(means, (job, signal) => this.#take(job, signal))
  }

  /** Never rejects. */
  async #take({ run: id, actor }: TrainingJob, signal: AbortSignal): Promise<Taken> {
    if (this.#closing.signal.aborted) return 'not-done'
    try {
      const run = await this.#parts.store.takeRun({ id, actor })
      // Cancelled meanwhile, or done by a workstation that ended before the queue was told.
      if (run === null) return 'done'
      return await this.#train(run, actor, signal)
    } catch {
      // The record is away: it is tried again, here or elsewhere.
      return 'not-done'
    }
  }

  async #train({ id, request }: RunRecord, actor: string, signal: AbortSignal): Promise<Taken> {
    const { emit } = this.#parts
    const under: Under = { id, live: notBegun(), told: false, abort: new AbortController(), sharing: null }
    this.#under = under
    emit({ type: 'run', id })
    const looking = setInterval(() => void this.#tell(under), LOOK_MS)
    try {
      return await this.#settle(id, actor, await this.#run(under, request, signal).catch(toGyrusError))
    } finally {
      clearInterval(looking)
      this.#under = null
      emit({ type: 'run', id })
    }
  }

  async #run(under: Under, request: RunRecord['request'], signal: AbortSignal): Promise<RunSummary> {
    const { trainer, folder } = this.#parts
    const { id, abort } = under
    // Others wrote what stands on record: it may lead nowhere but to a frozen set, and to a folder of its own.
    const set = isShared(request) ? setOf(request.set, folder) : null
    if (request === null || set === null) throw new GyrusError('training-run-unreadable', { run: id })
    requireRunId(id)
    const here = { ...request, set: await this.#parts.ready(set) }
    const dir = runFolder(folder, id)
    // As far as another workstation came.
    await folder.files.pull(runKey(id))
    await keepRequest(dir, request)
    const onProgress = (progress: TrainingProgress) => this.#follow(under, progress)
    const following = { signal: AbortSignal.any([signal, abort.signal]), onProgress }
    const summary = await trainer({ id, dir, request: here }, following)
    await under.sharing
    await this.#untilThere(() => folder.files.push(runKey(id)))
    return { ...summary, request: { ...summary.request, set: request.set } }
  }

  /** Puts on record what it came to. */
  async #settle(id: string, actor: string, outcome: RunSummary | GyrusError): Promise<Taken> {
    if (!(outcome instanceof GyrusError)) await this.#end({ id, state: 'finished', summary: outcome, actor })
    else if (outcome.code !== 'cancelled' && !(await this.#hasFiles())) {
      // Another workstation may have them.
      await this.#end({ id, state: 'queued', actor: 'gyrus' })
      return 'not-done'
    } else if (outcome.code !== 'cancelled') {
      const { code, details } = outcome
      await this.#end({ id, state: 'failed', failure: { code, details }, actor })
    } else if (this.#closing.signal.aborted) {
      await this.#end({ id, state: 'queued', actor: 'gyrus' })
      return 'not-done'
    }
    // Where it was cancelled, or another workstation has it now, somebody has said so on record.
    return 'done'
  }

  #hasFiles(): Promise<boolean> {
    return this.#parts.folder.files.check().then(
      () => true,
      () => false,
    )
  }

  #follow(under: Under, progress: TrainingProgress): void {
    follow(under.live, progress)
    under.told = false
    if (progress.ended) this.#share(under)
    this.#parts.emit({ type: 'run', id: under.id })
  }

  /** An epoch that is kept can be gone on from anywhere. Where that fails now, the next one is. */
  #share(under: Under): void {
    under.sharing ??= this.#parts.folder.files
      .push(runKey(under.id))
      .catch(() => undefined)
      .finally(() => {
        under.sharing = null
      })
  }

  /** Others learn how it comes along, and it learns whether somebody cancelled it. Never rejects. */
  async #tell(under: Under): Promise<void> {
    await this.#leaveLost(under)
    if (under.told || under.abort.signal.aborted) return
    under.told = true
    await this.#parts.store.tellRun(under.id, under.live).catch(() => {
      under.told = false
    })
  }

  async #leaveLost({ id, abort }: Under): Promise<void> {
    const { store, station } = this.#parts
    const run = await store.getRun(id).catch(() => null)
    if (run && (run.state !== 'running' || run.station !== station)) abort.abort()
  }

  /** Unless somebody cancelled it meanwhile, or another workstation has it. */
  async #end(change: RunChange): Promise<void> {
    const { store, station } = this.#parts
    await this.#untilThere(() => store.changeHeldRun(change, { states: ['running'], station }))
  }

  /** What is away is asked again, unless Gyrus ends. */
  async #untilThere(ask: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await ask()
        return
      } catch (error) {
        if (this.#closing.signal.aborted || !(isRecordAway(error) || areFilesAway(error))) throw error
        await sleep(AGAIN_MS)
      }
    }
  }
}
