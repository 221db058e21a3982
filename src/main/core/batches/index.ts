import { setTimeout as sleep } from 'node:timers/promises'
import { v7 as uuidv7 } from 'uuid'
import { asFile, type Batch, type BatchOptions, type BatchOrigin, mayAct } from '../../../shared/batches.ts'
import type { RequestOutput } from '../../../shared/contract.ts'
import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import type { PassedOver } from '../../../shared/passed-over.ts'
import type { BatchChange, Blind, CaseFailure } from '../../store/types.ts'
import type { Emit } from '../events.ts'
import type { Accepted, IntakeFile, OpenedBy } from '../intake/intake.ts'
import { countOf, nameOf } from './of-batch.ts'
import { Retry } from './retry.ts'
import { BatchRun, type FileOutcome, type RunParts } from './run.ts'
import { UploadBatch } from './upload.ts'
import { type Stations, tellWaiting } from './waiting.ts'

/** What the system does by itself. */
const SYSTEM = 'gyrus'

/** Series of a batch that its page is told. */
const MOST_SERIES = 200

/** How often one tries to put on record what could not be, ms: a full disk has room again some time. */
const TRY_AGAIN_MS = 2_000

export interface NewBatchRequest {
  paths: string[]
  origin: BatchOrigin
  options: BatchOptions
}

export interface NewUpload {
  name: string
  options: BatchOptions
  /** What the browser does not hand over. */
  passedOver?: PassedOver[]
}

/** Why a run was told to stop, by whom. */
interface Stopped {
  act: 'paused' | 'cancelled'
  actor: string
}

/** A batch without its name, which may be a patient's. */
export type BatchProgress = Pick<Batch, 'id' | 'origin' | 'state' | 'counts' | 'listed'>

interface BatchesParts extends RunParts {
  emit: Emit
  /** Null where there is no department. */
  stations: Stations | null
}

/** Batches: one runs at a time, the others queue. What a reader opens meanwhile goes before. */
export class Batches {
  readonly #parts: BatchesParts
  readonly #uploads = new Map<string, UploadBatch>()
  /** Of the batches whose failed files were tried again since this Gyrus is open. */
  readonly #retries = new Map<string, Retry>()
  #running: { run: BatchRun; ended: Promise<void>; stopped: Stopped | null } | null = null
  /** The one that was begun last since this Gyrus is open. */
  #newest: string | null = null
  #queue: Promise<void> | null = null
  #asked = false
  /** Whether this Gyrus works through the queue; a command that uses the record does not. */
  #takes = false
  readonly #closing = new AbortController()
  #marked: Promise<void> | undefined

  constructor(parts: BatchesParts) {
    this.#parts = parts
  }

  /** Puts a batch on record. It begins when its turn comes (`startQueued`), or at once by `run`. */
  async add({ paths, origin, options }: NewBatchRequest, by: string): Promise<string> {
    const id = uuidv7()
    await this.#parts.store.addBatch({ id, name: nameOf(paths), origin, options, roots: paths, by })
    this.#tell(id)
    return id
  }

  /** Marks what was running when Gyrus ended, once and before anything runs; a reader decides whether it goes on. */
  markInterrupted(): Promise<void> {
    this.#marked ??= this.#parts.store.interruptBatches().then((ids) => {
      for (const id of ids) this.#tell(id)
    })
    return this.#marked
  }

  /** What Gyrus ended in the middle of, and of which all files are through by now: nobody has to go on with it. */
  async completeThrough(): Promise<void> {
    for (const id of await this.#parts.store.throughBatches()) {
      await this.#change({ id, actor: SYSTEM, act: 'completed', workedMs: 0 })
    }
  }

  /** Works through the queue in the background, if that does not happen already. */
  startQueued(): void {
    this.#takes = true
    this.#asked = true
    this.#queue ??= this.#work().finally(() => {
      this.#queue = null
    })
  }

  async #work(): Promise<void> {
    while (this.#asked && !this.#closed) {
      this.#asked = false
      const [next] = await this.#parts.store.queuedBatches().catch(() => [])
      if (next === undefined) continue
      this.#asked = true
      try {
        for await (const _ of this.run(next));
      } catch (error) {
        await this.#breakOff(next, toGyrusError(error))
      }
    }
  }

  /** What came to no proper end is on record as interrupted as soon as that can be written; others wait until then. */
  async #breakOff(id: string, { code, details }: CaseFailure): Promise<void> {
    while (!this.#closed) {
      const state = await this.#parts.store.getBatch(id).then(
        (batch) => batch.state,
        () => null,
      )
      // What runs here was begun by somebody else, who also says what becomes of it.
      if (this.#uploads.has(id) || this.#running?.run.batch.id === id) return
      if (state === 'running') {
        const change = { id, actor: SYSTEM, act: 'interrupted', workedMs: null, failure: { code, details } } as const
        if (await isDone(this.#change(change))) return
      } else if (state !== null && state !== 'queued') return
      await sleep(TRY_AGAIN_MS, undefined, { signal: this.#closing.signal, ref: false }).catch(() => undefined)
      if (state === 'queued') return
    }
  }

  get #closed(): boolean {
    return this.#closing.signal.aborted
  }

  /** Runs a queued batch now and gives its outcomes in the files' order. @throws GyrusError of the record */
  async *run(id: string): AsyncGenerator<FileOutcome> {
    await this.markInterrupted()
    const batch = await this.#change({ id, actor: SYSTEM, act: 'started' })
    this.#newest = id
    const run = new BatchRun(batch, this.#parts, this.#retries.get(id))
    const ended = Promise.withResolvers<void>()
    this.#running = { run, ended: ended.promise, stopped: null }
    try {
      for await (const one of run.outcomes()) {
        this.#tell(id)
        yield one
      }
    } finally {
      await this.#end(run).finally(() => {
        this.#running = null
        ended.resolve()
      })
    }
  }

  /**
   * Told that another workstation of the department changed a batch: one of here is gone on with, or stopped, as it says
   * there. Files lie where a batch was made, so that nobody else can go on with it.
   */
  async changedElsewhere(id: string): Promise<void> {
    // What runs by then is on record as running.
    const running = this.#running
    const { state } = await this.#parts.store.getBatch(id)
    if (running?.run.batch.id === id && state !== 'running') running.run.stop()
    if (state === 'queued' && this.#takes) this.startQueued()
  }

  async #end(run: BatchRun): Promise<Batch> {
    const { id } = run.batch
    // Somebody paused or cancelled it on another workstation, and may have resumed it by now.
    if (run.stopped && !this.#running?.stopped) {
      const batch = await this.#parts.store.getBatch(id)
      if (batch.state !== 'running') return batch
    }
    const workedMs = run.rate.elapsedMs
    const stopped = this.#running?.stopped
    const through = stopped?.act === 'paused' && (await this.#isThrough(id))
    if (stopped && !through) return this.#change({ id, ...stopped, workedMs })
    if (run.stopped && !through)
      return this.#change({ id, actor: SYSTEM, act: 'interrupted', workedMs, failure: run.failure })
    return this.#change({ id, actor: SYSTEM, act: 'completed', workedMs })
  }

  /** Nothing is left to go on with: what was under way when it was paused was the rest. */
  async #isThrough(id: string): Promise<boolean> {
    const { listed, counts } = await this.#parts.store.getBatch(id)
    return listed && counts.remaining === 0
  }

  /** What was begun is finished first. @throws GyrusError `batch-unknown`, `batch-state` */
  pause(id: string, by: string): Promise<Batch> {
    if (this.#uploads.has(id)) throw new GyrusError('batch-uploaded')
    return this.#stop(id, { act: 'paused', actor: by })
  }

  /** Drops what was not begun. Errors as for `pause`. */
  async cancel(id: string, by: string): Promise<Batch> {
    const upload = this.#uploads.get(id)
    if (!upload) return this.#stop(id, { act: 'cancelled', actor: by })
    upload.cancelling ??= this.#cancelUpload(id, upload, by)
    return upload.cancelling
  }

  async #cancelUpload(id: string, upload: UploadBatch, by: string): Promise<Batch> {
    this.#tell(id)
    await upload.drained()
    this.#uploads.delete(id)
    return this.#change({ id, actor: by, act: 'cancelled', workedMs: upload.rate.elapsedMs })
  }

  /** Ends what this reader's browsers hand over, also where no page is left that would: a reload forgets its files. */
  async cancelUploads(by: string): Promise<void> {
    const open = [...this.#uploads].filter(([, upload]) => upload.startedBy === by)
    await Promise.all(open.map(([id]) => this.cancel(id, by)))
  }

  async #stop(id: string, stopped: Stopped): Promise<Batch> {
    const running = this.#running
    if (running?.run.batch.id !== id) return this.#change({ id, ...stopped, workedMs: 0 })
    running.stopped = stopped
    running.run.stop()
    this.#tell(id)
    await running.ended
    return this.standing(id)
  }

  /** Queues it again for what is left, if anything is. @throws GyrusError `batch-unknown`, `batch-state`, `batch-uploaded` */
  async resume(id: string, by: string): Promise<Batch> {
    const batch = await this.#parts.store.getBatch(id)
    const { origin, state, counts } = batch
    // It may have been completed while it was asked for.
    if (state === 'completed' && counts.remaining === 0) return batch
    if (origin === 'upload' && mayAct('resume', state)) throw new GyrusError('batch-uploaded')
    await this.#change({ id, actor: by, act: 'resumed' })
    return this.standing(id)
  }

  /** Queues it again, for what has failed too. Errors as for `pause`. */
  async retry(id: string, by: string): Promise<Batch> {
    await this.#change({ id, actor: by, act: 'retried' })
    this.#retries.set(id, new Retry())
    return this.standing(id)
  }

  /** @throws GyrusError `batch-unknown` */
  async standing(id: string): Promise<Batch> {
    const batch = this.#live(await this.#parts.store.getBatch(id))
    const [told = batch] = await tellWaiting([batch], this.#parts.stations)
    return told
  }

  async list(before: string | null, limit: number): Promise<Batch[]> {
    const batches = await this.#parts.store.listBatches(before, limit)
    return tellWaiting(
      batches.map((batch) => this.#live(batch)),
      this.#parts.stations,
    )
  }

  /** @throws GyrusError `batch-unknown` */
  async get(id: string, blind: Blind): Promise<RequestOutput<'batches.get'>> {
    const { store } = this.#parts
    const series = await store.seriesOfBatch(id)
    const ids = series.map((one) => one.id)
    const cases = await store.seriesCases(ids, blind)
    const files = await store.batchTotals(id, blind, series.length === 0)
    const totals = [...files, ...cases.map(({ state, label }) => ({ state: asFile(state), label, files: 1 }))]
    return {
      batch: await this.standing(id),
      totals,
      series: { ...countOf(series), cases: cases.slice(0, MOST_SERIES) },
    }
  }

  /** A batch whose files a browser hands over; it is open until `uploaded`. */
  async openUpload({ name, options, passedOver = [] }: NewUpload, by: string): Promise<string> {
    await this.markInterrupted()
    const id = uuidv7()
    const { store } = this.#parts
    // Never queued: a department tells of that at once, and the queue would take it.
    await store.addBatch({ id, name, origin: 'upload', options, roots: [], by, begun: true })
    this.#newest = id
    this.#uploads.set(id, new UploadBatch(await store.getBatch(id), this.#parts, passedOver))
    this.#tell(id)
    return id
  }

  /** One of its files. @throws GyrusError `batch-state` where the batch is not open (any more) */
  upload(id: string, file: IntakeFile, by: OpenedBy): Promise<Accepted> {
    return this.#openUpload(id).take(file, by, () => this.#onUploaded(id))
  }

  /** The images in a ZIP file, as files of the batch; settles when all are on record. @throws GyrusError `batch-state` */
  uploadArchive(id: string, file: IntakeFile, by: OpenedBy): Promise<void> {
    return this.#openUpload(id).takeArchive(file, by, () => this.#onUploaded(id))
  }

  /** Where its files cannot be kept, no further one is taken; those that are on record are read, here or elsewhere. */
  #onUploaded(id: string): void {
    this.#tell(id)
    const upload = this.#uploads.get(id)
    if (!upload?.failure || upload.cancelling) return
    const { failure, rate } = upload
    this.#uploads.delete(id)
    const interrupted = { id, actor: SYSTEM, act: 'interrupted', workedMs: rate.elapsedMs, failure } as const
    this.#change(interrupted).catch(() => this.#breakOff(id, failure))
  }

  /** All files were handed over: it is completed when they are analysed. @throws GyrusError `batch-state` */
  uploaded(id: string): void {
    const upload = this.#openUpload(id)
    this.#uploads.delete(id)
    const ended = upload.drained().then(async () => {
      if (this.#closed) return
      const { failure, rate, passedOver } = upload
      const how = { id, actor: SYSTEM, workedMs: rate.elapsedMs }
      if (failure) return void (await this.#change({ ...how, act: 'interrupted', failure }))
      await this.#parts.store.batchListed(id, passedOver.list)
      await this.#change({ ...how, act: 'completed' })
    })
    ended.catch((error) => this.#breakOff(id, toGyrusError(error)))
  }

  #openUpload(id: string): UploadBatch {
    const upload = this.#uploads.get(id)
    if (!upload || upload.cancelling) throw new GyrusError('batch-state', { state: 'not open' })
    return upload
  }

  /** How far the batch is that was begun last since this Gyrus is open; null where none was. */
  async newest(): Promise<BatchProgress | null> {
    if (this.#newest === null) return null
    const { id, origin, state, counts, listed } = await this.#parts.store.getBatch(this.#newest)
    return { id, origin, state, counts, listed }
  }

  /** Folders that were classified last, the newest first, each once. */
  recentFolders(limit: number): Promise<string[]> {
    return this.#parts.store.recentRoots(limit)
  }

  /**
   * Takes no further file. `closed` settles when what runs is on record as interrupted.
   *
   * @param goOn who had it end and wants it to go on by itself at the next start; null where a reader is to decide then
   */
  close(goOn: string | null = null): { closed: Promise<void> } {
    this.#closing.abort()
    const running = this.#running
    running?.run.stop()
    const settled = Promise.all([this.#queue, running?.ended]).then(async () => {
      if (running && goOn !== null) await this.#queueAgain(running.run.batch.id, goOn)
    })
    return { closed: settled }
  }

  /** Only what this end of Gyrus broke off: not what a reader paused or cancelled, or what was through. */
  async #queueAgain(id: string, by: string): Promise<void> {
    const { state, failure } = await this.#parts.store.getBatch(id)
    if (state === 'interrupted' && failure === null) await this.resume(id, by)
  }

  #live(batch: Batch): Batch {
    const retried = this.#retries.get(batch.id)?.soFar ?? null
    if (batch.state !== 'running') return { ...batch, retried }
    const running = this.#running?.run.batch.id === batch.id ? this.#running : null
    const upload = this.#uploads.get(batch.id)
    const stopping = running?.stopped?.act ?? (upload?.cancelling ? 'cancelled' : null)
    const rate = running?.run.rate ?? upload?.rate
    return { ...batch, retried, stopping, ...rate?.measure(batch.counts.remaining) }
  }

  async #change(change: BatchChange): Promise<Batch> {
    const batch = await this.#parts.store.changeBatch(change)
    this.#tell(change.id)
    return batch
  }

  #tell(id: string): void {
    this.#parts.emit({ type: 'batch', id })
  }
}

const isDone = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  )
