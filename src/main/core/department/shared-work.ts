import { timeNow } from '../../../shared/clock.ts'
import type { DepartmentStatus, DepartmentWork, WorkLimits } from '../../../shared/department.ts'
import type { DicomFacts } from '../../../shared/dicom.ts'
import { type Failure, toFailure } from '../../../shared/errors.ts'
import type { PendingCase, Store } from '../../store/types.ts'
import type { Analyser } from '../analyser.ts'
import type { EngineSupervisor } from '../engine-supervisor/index.ts'
import type { Emit } from '../events.ts'
import type { ModelPlaces } from '../models/places.ts'
import type { SharedFiles } from './files/types.ts'
import type { Limits } from './limits.ts'
import { ModelWatch } from './model-watch.ts'
import type { Outbox } from './outbox.ts'
import type { WorkQueue } from './queue.ts'
import { SharedAnalyser } from './shared-analyser.ts'
import { Worker } from './worker.ts'

interface SharedWorkParts {
  queue: WorkQueue
  /** Whose record `store` is. */
  outbox: Outbox
  store: Store
  /** Which workstation this is. */
  station: string
  limits: Limits
  emit: Emit
  noteSlice: (facts: DicomFacts) => void
  /** What has a file read on this workstation. */
  own: Analyser
  engine: Pick<EngineSupervisor, 'model' | 'useModel' | 'status'>
  places: ModelPlaces
  files: Pick<SharedFiles, 'check'>
  onUnfit: (error: unknown) => void
}

/** A workstation's part in the work of its department: what it asks others for, and what it does for them. */
export class SharedWork {
  readonly analyser: SharedAnalyser
  readonly outbox: Outbox
  /** Which workstation this is. */
  readonly station: string
  readonly #queue: WorkQueue
  readonly #emit: Emit
  readonly #store: Store
  readonly #limits: Limits
  /** Why it takes no work, though it is set to. */
  #unfit: Failure | null = null
  readonly #worker: Worker
  readonly #model: ModelWatch

  constructor({ queue, outbox, store, station, limits, emit, noteSlice, own, onUnfit, ...parts }: SharedWorkParts) {
    this.#queue = queue
    this.#emit = emit
    this.#store = store
    this.station = station
    this.#limits = limits
    this.outbox = outbox
    outbox.onChange = () => emit({ type: 'outbox' })
    outbox.onDelivered = (ids) => {
      for (const id of ids) emit({ type: 'case', id })
    }
    this.analyser = new SharedAnalyser({ queue, own, isAway: () => outbox.away, store, emit, noteSlice })
    this.#worker = new Worker({ queue, store, analyser: own, limits })
    const tell = (error: unknown) => {
      this.#unfit = error === null ? null : toFailure(error)
      if (error !== null) onUnfit(error)
      emit({ type: 'outbox' })
    }
    this.#model = new ModelWatch({ ...parts, store, worker: this.#worker, onUnfit: tell })
  }

  /** Takes work from now on, as soon as the engine has the department's model. @param onBatch told of batches that change */
  start(onBatch: (id: string) => void): void {
    this.#queue.watch((changed) => {
      this.#emit(changed)
      if (changed.type === 'batch') onBatch(changed.id)
    }, this.outbox.noteAway.bind(this.outbox))
    this.#model.start()
  }

  /** See `WorkQueue.lead`. */
  lead(onLead: () => void, onLost: () => void): void {
    this.#queue.lead(onLead, onLost)
  }

  async status(): Promise<DepartmentStatus> {
    const minuteAgo = new Date(Date.parse(timeNow()) - 60_000).toISOString()
    const [{ stations, queue, putAside }, runs, doneLastMinute] = await Promise.all([
      this.#queue.status(),
      this.#store.openRuns(),
      this.#store.countResults(minuteAgo),
    ])
    const running = new Map(runs.filter(({ state }) => state === 'running').map(({ station, id }) => [station, id]))
    return {
      here: this.station,
      stations: stations.map((one) => ({ ...one, run: running.get(one.name) ?? null })),
      queue: { ...queue, doneLastMinute, trainings: runs.filter(({ state }) => state === 'queued').length },
      putAside,
    }
  }

  get unfit(): Failure | null {
    return this.#unfit
  }

  /** For whoever waits for a case. */
  async work(): Promise<DepartmentWork> {
    const { stations } = await this.#queue.status()
    return { readers: stations.filter(({ state }) => state === 'works').length, unfit: this.#unfit }
  }

  async openStations(): Promise<Set<string>> {
    const { stations } = await this.#queue.status()
    return new Set(stations.filter(({ state }) => state !== 'silent').map(({ name }) => name))
  }

  get limits(): WorkLimits {
    return this.#limits.now
  }

  /** @returns what counts now: a command line that says otherwise keeps what it says */
  async setLimits(limits: WorkLimits, by: string): Promise<WorkLimits> {
    await this.#limits.set(limits)
    await this.#store.log({ actor: by, act: 'department.limited', subject: this.station, detail: { ...limits } })
    // It begins anew with them as soon as its model is looked at again.
    await this.#worker.rest()
    return this.limits
  }

  /** Has what was put aside tried again; the record tells who wanted it. @returns how many cases */
  async retry(by: string): Promise<number> {
    const cases = await this.#queue.retry()
    await this.#store.log({ actor: by, act: 'department.retried', subject: 'department', detail: { cases } })
    return cases
  }

  /** @param left cases that were received and that a kill may have kept from the queue */
  async resume(left: PendingCase[]): Promise<void> {
    if (left.length === 0) return
    await this.#queue.add(left.map((one) => ({ job: { ...one, again: false }, priority: 'batch' as const })))
  }

  /** Takes and waits for nothing more; what is under way here is finished. */
  async rest(): Promise<void> {
    this.analyser.close()
    await this.#model.close()
    await this.#worker.rest()
  }

  async close(): Promise<void> {
    await this.outbox.close()
    await this.#queue.close()
  }
}
